/**
 * What passes between a compute host and a storage backend when a disk is connected.
 */

/** A value that survives JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Who asks for the export: the initiator side of a host. */
export interface Connector {
  host: string;
  ip: string;
  initiator: string;
  multipath: boolean;
}

/** Where the export is to be found. Holds secrets: sealed at rest, never logged. */
export interface ConnectionInfo {
  /** e.g. `iscsi`, `rbd`. */
  driverVolumeType: string;
  /** Targets, LUNs, credentials: whatever the host's side of the protocol needs. */
  data: { readonly [key: string]: Json };
}

/** The calls that connect and disconnect a disk, in the order in which it meets them. */
export const DISK_CALLS = [
  'getConnector',
  'initializeConnection',
  'attachDevice',
  'detachDevice',
  'terminateConnection',
] as const;
export type DiskCall = (typeof DISK_CALLS)[number];
