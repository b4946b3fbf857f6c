/**
 * The port to real things: storage backends that export volumes, compute hosts that give disks to guests. Every call may
 * come twice (a worker died in between, or gave up waiting while the first still ran) and must then do no harm.
 */
import type { AttachMode } from '~/server/domain/attachment';
import type { ConnectionInfo, Connector, DiskCall, Json } from '~/server/domain/connection';
import type { HostCall, StorageCall } from '~/server/domain/driver-task';
import type { PowerCall } from '~/server/domain/server-action';

/** The server a call is about, with the host that runs it. */
export interface HostedServer {
  id: string;
  name: string;
  host: string;
}

/** The disk a call is about. */
export interface Disk {
  server: HostedServer;
  volume: StoredVolume;
  attachmentId: string;
  device: string | null;
  mode: AttachMode;
}

export interface Driver extends Record<DiskCall, (disk: Disk, ...rest: never[]) => Promise<unknown>> {
  /** Asks the server's host who it is to storage. */
  getConnector(disk: Disk): Promise<Connector>;
  /** Storage exports the volume to the host. A second call gives the same export. */
  initializeConnection(disk: Disk, connector: Connector): Promise<ConnectionInfo>;
  /** The guest gets the disk. No error when it has it. */
  attachDevice(disk: Disk, info: ConnectionInfo): Promise<void>;
  /** The guest lets the disk go. No error when it has not got it. */
  detachDevice(disk: Disk): Promise<void>;
  /** Storage takes the export back. No error when there is none. */
  terminateConnection(disk: Disk, connector: Connector): Promise<void>;
  /** The host starts, stops, pauses … the server. No error when it is so already. */
  changePower(server: HostedServer, call: PowerCall): Promise<void>;
  /** Storage makes, changes or removes a volume or what is made of it. No error when it is so already. */
  changeVolume(volume: StoredVolume, call: StorageCall, args: Readonly<Record<string, Json>>): Promise<Json>;
  /** The host makes, moves or removes a server, or changes one of its disks. No error when it is so already. */
  changeServer(
    server: HostedServer,
    call: HostCall,
    args: Readonly<Record<string, Json>>,
    volumeId: string | null,
  ): Promise<Json>;
}

/**
 * The volume a storage call is about, with where it is. Id and pool name its data: once two volumes have changed places,
 * each one's data go by its own id in the pool it has then.
 */
export interface StoredVolume {
  id: string;
  name: string;
  sizeGib: number;
  /** null before it has been given one. */
  pool: string | null;
}

/** What a driver throws when host or storage said no. Its message is shown to people. */
export class DriverError extends Error {
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(message: string, options: { retryable: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'DriverError';
    this.retryable = options.retryable;
  }
}
