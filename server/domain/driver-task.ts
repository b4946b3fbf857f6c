/**
 * What the worker asks of hosts and storage, as data: phases of verbs say what, the worker's executor says how
 * (connectors and connection info are sealed at rest, and opened only there).
 */
import type { Json } from './connection';
import type { PowerCall } from './server-action';

/** Calls a storage backend knows, for volumes, snapshots and images. */
export const STORAGE_CALLS = [
  'createVolume',
  'deleteVolume',
  'extendVolume',
  'createSnapshot',
  'deleteSnapshot',
  'revertToSnapshot',
  'copyVolumeToImage',
  'copyVolume',
  'retypeVolume',
  'reimageVolume',
  'unmanageVolume',
] as const;
export type StorageCall = (typeof STORAGE_CALLS)[number];

/** Calls a compute host knows for a server as a whole, besides power. */
export const HOST_CALLS = [
  'spawn',
  'destroy',
  'shelve',
  'offload',
  'unshelve',
  'resize',
  'confirmResize',
  'revertResize',
  'extendDevice',
  'swapDevice',
] as const;
export type HostCall = (typeof HOST_CALLS)[number];

export type DriverTask =
  /** `args`: sizes in GiB, ids, pools: whatever the call is about. */
  | { call: StorageCall; volumeId: string; args: Readonly<Record<string, Json>> }
  | { call: HostCall; serverId: string; volumeId?: string; args: Readonly<Record<string, Json>> }
  | { call: PowerCall; serverId: string }
  /** Answers with the connector of the attachment's server, sealed. */
  | { call: 'getConnector'; attachmentId: string }
  /** Answers with the connection info, sealed. The connector is the attachment's own. */
  | { call: 'initializeConnection'; attachmentId: string }
  | { call: 'attachDevice'; attachmentId: string }
  | { call: 'detachDevice'; attachmentId: string }
  | { call: 'terminateConnection'; attachmentId: string }
  /** The same without an attachment: older clients keep the connection themselves. The connector is sealed. */
  | { call: 'initializeConnection' | 'terminateConnection'; volumeId: string; connector: string };

/** What came back: sealed texts and facts, null where there is nothing to say. */
export type DriverAnswer = Json;
