/**
 * The part of the cloud that a verb looks at: rows as the rules see them, keyed by id. A loader fills it from the
 * database, under locks; a model fills it with everything there is.
 */
import type { ActionName } from '../action';
import type { AttachMode, AttachStatus } from '../attachment';
import type { Json } from '../connection';
import type { TypeEncryption } from '../encryption';
import type { FailureCause, OperationOutcome, OperationPhase } from '../operation';
import type { QosConsumer } from '../qos';
import type { HostFacts, ServerFacts } from '../server';
import type { PowerState } from '../server-action';
import type { SnapshotStatus } from '../snapshot';
import type { VolumeFacts, VolumeStatus } from '../volume';

export type Strings = Readonly<Record<string, string>>;

/** A flavor, as it is or as a server keeps it. Sizes in GiB, memory in MiB. */
export interface FlavorRecord {
  id: string;
  name: string;
  vcpus: number;
  ramMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  extraSpecs: Strings;
}

/** What no rule looks at: written when a server is made or edited, and not loaded. */
export interface ServerLabels {
  hostname?: string | null;
  configDrive?: boolean;
  tags?: readonly string[];
  /** Servers made by one request share it. */
  reservationId?: string;
  /** Its place among them, from 0. */
  launchIndex?: number;
  /** Base64. */
  userData?: string;
  /** Addresses its owner says it answers at; empty for none. */
  accessIpv4?: string;
  accessIpv6?: string;
  diskConfig?: 'AUTO' | 'MANUAL';
}

export interface ServerRecord extends ServerFacts, ServerLabels {
  userId: string;
  description: string | null;
  powerState: PowerState | 0;
  lockedReason: string | null;
  /** null when the flavor it was made with is not known any more. */
  flavorId: string | null;
  flavor: Omit<FlavorRecord, 'id'>;
  /** null for a server booted from a volume. */
  imageId: string | null;
  metadata: Strings;
  /** What a revert, unshelve or restore goes back to; null when nothing is to be gone back to. */
  former: {
    vmState: ServerFacts['vmState'];
    flavorId: string | null;
    flavor: Omit<FlavorRecord, 'id'>;
    /** Where it was before it was moved; absent when it was not. */
    host?: string;
  } | null;
}

/** A volume that is offered to whoever knows the key. */
export interface VolumeTransfer {
  id: string;
  name: string | null;
  /** Hash of the key, sealed in. */
  keyHash: string;
  noSnapshots: boolean;
}

export interface VolumeRecord extends VolumeFacts {
  userId: string;
  description: string | null;
  previousStatus: VolumeStatus | null;
  typeId: string;
  /** `host@backend#pool`; null before scheduling. */
  pool: string | null;
  snapshotId: string | null;
  sourceVolumeId: string | null;
  metadata: Strings;
  /** null when it was not made from an image. */
  imageMetadata: Strings | null;
  encrypted: boolean;
  /** Where its key is kept, elsewhere; left out or null for one that is not encrypted. */
  encryptionKeyId?: string | null;
  groupId: string | null;
  /** Whose data this holds after a migration; null when its own. */
  nameId: string | null;
  consumesQuota: boolean;
  /** Left out or null: it is not offered to anybody. */
  transfer?: VolumeTransfer | null;
}

export interface AttachmentRecord {
  id: string;
  volumeId: string;
  /** Always the volume's flag. */
  multiattach: boolean;
  /** The instance the storage side names; it need not be known here. */
  instanceId: string | null;
  /** null when only the compute side knows of it. */
  attachStatus: AttachStatus | null;
  mode: AttachMode | null;
  attachedHost: string | null;
  mountpoint: string | null;
  /** Sealed. */
  connector: string | null;
  /** Sealed. */
  connectionInfo: string | null;
  /** The compute side; both null when only the storage side knows of it. */
  bdmId: string | null;
  serverId: string | null;
  device: string | null;
  bootIndex: number | null;
  tag: string | null;
  deleteOnTermination: boolean;
}

export interface SnapshotRecord {
  id: string;
  volumeId: string;
  projectId: string;
  userId: string | null;
  name: string;
  description: string | null;
  sizeGib: number;
  status: SnapshotStatus;
  /** Percent. */
  progress: number;
  metadata: Strings;
  consumesQuota: boolean;
}

export interface VolumeTypeRecord {
  id: string;
  name: string;
  description: string | null;
  public: boolean;
  extraSpecs: Strings;
  /** Projects that may use it although it is not public. */
  access: readonly string[];
  /** Quality of service of its volumes; left out or null for none. */
  qosSpecsId?: string | null;
  /** How its volumes are encrypted; left out or null: they are not. */
  encryption?: TypeEncryption | null;
}

/** How fast storage is, by limits that hosts, storage or both keep to. */
export interface QosSpecsRecord {
  id: string;
  name: string;
  consumer: QosConsumer;
  specs: Strings;
}

export interface PoolRecord {
  /** `host@backend#pool`. */
  id: string;
  totalGib: number | null;
  freeGib: number | null;
  capabilities: Readonly<Record<string, Json>>;
  /** Whether its service is enabled, and answers. */
  usable: boolean;
  /** Whether its backend is to stay as it is: nothing may be made there, or deleted. */
  frozen: boolean;
}

export interface ImageRecord {
  id: string;
  name: string;
  owner: string | null;
  status: string;
  visibility: 'public' | 'private' | 'shared' | 'community';
  diskFormat: string | null;
  containerFormat: string | null;
  minDiskGib: number;
  minRamMib: number;
  sizeBytes: number | null;
  protected: boolean;
  properties: Readonly<Record<string, Json>>;
}

/** What projects without a limit of their own may have of one resource, where it is not what is built in. */
export interface DefaultQuotaRecord {
  /** The resource's name. */
  id: string;
  /** −1 is without limit. */
  limit: number;
}

/** What places servers on a host, and whether it is given any. */
export interface ComputeServiceRecord {
  /** The host's name. */
  id: string;
  name: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  disabledReason: string | null;
}

export interface StorageServiceRecord {
  /** `binary@host`. */
  id: string;
  /** e.g. `cinder-volume`. */
  binary: string;
  /** `host`, or `host@backend` for a volume service. */
  host: string;
  zone: string;
  enabled: boolean;
  up: boolean;
  /** Nothing may be made or changed on its backend. */
  frozen: boolean;
  disabledReason: string | null;
}

/** What a project may have, has, and is about to have, by resource name (`volumes`, `gigabytes`, `gigabytes_<type>` …). */
export interface QuotaRecord {
  /** The project's. */
  id: string;
  /** Its own; −1 is without limit. Of a resource that is not named, the default counts. */
  limits: Readonly<Record<string, number>>;
  inUse: Readonly<Record<string, number>>;
  /** The sum of the open reservations. */
  reserved: Readonly<Record<string, number>>;
}

/** An operation under way. */
export interface OperationRecord {
  id: string;
  action: ActionName;
  phase: OperationPhase | null;
  outcome: OperationOutcome;
  projectId: string;
  /** Id of the object whose in-progress state it will end; an object has one such owner at a time. */
  owns: string | null;
  subject: Subject;
  input: Readonly<Record<string, Json>>;
  /** What its phases hand on to each other. */
  carry: Readonly<Record<string, Json>>;
  /** Quota of its project that it has reserved, by resource; freed when it ends, however that is. */
  reserves: Readonly<Record<string, number>>;
  /** Why it goes back; null while it goes forward. */
  reason: string | null;
  /** What kind of a reason that is. */
  cause: FailureCause | null;
}

/** What an operation is about. */
export interface Subject {
  serverId?: string;
  volumeId?: string;
  attachmentId?: string;
  snapshotId?: string;
  volumeTypeId?: string;
  /** Told by the input or the message of the operation, and kept nowhere else. */
  qosSpecsId?: string;
  imageId?: string;
  /** A host's name. */
  computeServiceId?: string;
  /** `binary@host`. */
  storageServiceId?: string;
}

/** Everything that verbs may change, by the name a change calls it. */
export interface Tables {
  server: ServerRecord;
  volume: VolumeRecord;
  attachment: AttachmentRecord;
  snapshot: SnapshotRecord;
  volumeType: VolumeTypeRecord;
  qosSpecs: QosSpecsRecord;
  image: ImageRecord;
  computeService: ComputeServiceRecord;
  storageService: StorageServiceRecord;
  quota: QuotaRecord;
  defaultQuota: DefaultQuotaRecord;
}
export type TableName = keyof Tables;

export type World = { readonly [Name in TableName]: ReadonlyMap<string, Tables[Name]> } & {
  /** Read only, and never changed by a verb. */
  readonly host: ReadonlyMap<string, HostFacts>;
  readonly pool: ReadonlyMap<string, PoolRecord>;
  readonly flavor: ReadonlyMap<string, FlavorRecord>;
  /** Those that run. */
  readonly operation: ReadonlyMap<string, OperationRecord>;
};

/** @returns a world in which there is nothing */
export function emptyWorld(): World {
  const none = new Map<string, never>();
  return {
    server: none,
    volume: none,
    attachment: none,
    snapshot: none,
    volumeType: none,
    qosSpecs: none,
    image: none,
    computeService: none,
    storageService: none,
    quota: none,
    defaultQuota: none,
    host: none,
    pool: none,
    flavor: none,
    operation: none,
  };
}

/**
 * @returns the row
 * @throws Error when it is not there: the verb has not asked for it to be loaded, which is a bug
 */
export function rowOf<Name extends keyof World>(
  world: World,
  name: Name,
  id: string,
): World[Name] extends ReadonlyMap<string, infer Row> ? Row : never {
  const row = world[name].get(id);
  if (row === undefined) throw new Error(`${name} ${id} is not in the world that was loaded`);
  // The map of a name holds rows of that name; a union of maps forgets which.
  return row as World[Name] extends ReadonlyMap<string, infer Row> ? Row : never;
}

/** @returns the volume's live attachments, oldest first */
export function attachmentsOf(world: World, volumeId: string): AttachmentRecord[] {
  return [...world.attachment.values()].filter((each) => each.volumeId === volumeId);
}

/** @returns the live attachments of which the server is the compute side */
export function disksOf(world: World, serverId: string): AttachmentRecord[] {
  return [...world.attachment.values()].filter((each) => each.serverId === serverId);
}

/** @returns the volume's snapshots */
export function snapshotsOf(world: World, volumeId: string): SnapshotRecord[] {
  return [...world.snapshot.values()].filter((each) => each.volumeId === volumeId);
}

/** @returns the operation that will end the object's in-progress state, null where none is under way */
export function ownerOf(world: World, objectId: string): OperationRecord | null {
  return [...world.operation.values()].find((each) => each.owns === objectId) ?? null;
}
