/**
 * Carries out a driver task: finds who and what it is about, opens what is sealed, calls the driver, seals what comes back.
 */
import type { ConnectionInfo, DiskCall } from '~/server/domain/connection';
import type { DriverAnswer, DriverTask } from '~/server/domain/driver-task';
import { POWER_CALLS, type PowerCall } from '~/server/domain/server-action';
import { type Disk, DriverError, type HostedServer } from '~/server/drivers/driver';
import { openConnectionInfo, openConnector, sealConnection } from '~/server/services/connection-schema';
import type { Runtime } from '~/server/services/runtime';
import {
  loadTaskDisk,
  loadTaskServer,
  loadTaskVolume,
  type TaskDisk,
  type TaskVolume,
} from '~/server/services/task-objects';
import type { WorkerDependencies } from './dependencies';

/**
 * @returns what came back, secrets sealed
 * @throws DriverError when host or storage says no, or the object is gone
 */
export async function carryOut(dependencies: WorkerDependencies, task: DriverTask): Promise<DriverAnswer> {
  const { runtime, drivers } = dependencies;
  if ('attachmentId' in task) return carryOutDisk(dependencies, task.call, task.attachmentId);
  if ('serverId' in task) {
    const server = await hostedServer(runtime, task.serverId);
    const driver = drivers.driverOfHost(server.host);
    if (isPowerCall(task.call)) {
      await driver.changePower(server, task.call);
      return null;
    }
    const { args, volumeId } = task as Extract<DriverTask, { args: unknown; serverId: string }>;
    return driver.changeServer(server, task.call, args, volumeId ?? null);
  }
  const volume = await storedVolume(runtime, task.volumeId);
  if ('connector' in task) return carryOutConnection(dependencies, task, volume);
  return drivers.driverOfPool(volume.pool).changeVolume(volume, task.call, task.args);
}

function isPowerCall(call: string): call is PowerCall {
  return (POWER_CALLS as readonly string[]).includes(call);
}

async function hostedServer(runtime: Runtime, id: string): Promise<HostedServer> {
  const server = await loadTaskServer(runtime, id);
  if (server === null) throw new DriverError(`Server ${id} is gone.`, { retryable: false });
  const { host } = server;
  if (host === null)
    throw new DriverError(`Server ${server.name} is on no host any more.`, { retryable: false });
  return { ...server, host };
}

async function storedVolume(runtime: Runtime, id: string): Promise<TaskVolume> {
  const volume = await loadTaskVolume(runtime, id);
  if (volume === null) throw new DriverError(`Volume ${id} is gone.`, { retryable: false });
  return volume;
}

async function carryOutDisk(
  { runtime, drivers }: WorkerDependencies,
  call: DiskCall,
  attachmentId: string,
): Promise<DriverAnswer> {
  const found = await loadTaskDisk(runtime, attachmentId);
  if (found === null) throw new DriverError(`Attachment ${attachmentId} is gone.`, { retryable: false });
  const connector = await openConnector(runtime.secretKey, found.connector);
  const disk = diskOf(found, connector?.host ?? null);
  const driver = drivers.driverFor(disk);
  switch (call) {
    case 'getConnector':
      return sealConnection(runtime.secretKey, await driver.getConnector(disk));
    case 'initializeConnection': {
      if (connector === null) throw new Error(`attachment ${attachmentId} has no connector`);
      const info = await driver.initializeConnection(disk, connector);
      return sealConnection(runtime.secretKey, withQos(info, found.volume));
    }
    case 'attachDevice': {
      const info = await openConnectionInfo(runtime.secretKey, found.connectionInfo);
      if (info === null) throw new Error(`attachment ${attachmentId} has no connection`);
      await driver.attachDevice(disk, info);
      return null;
    }
    case 'detachDevice':
      await driver.detachDevice(disk);
      return null;
    case 'terminateConnection':
      // What was never exported to anybody has no export to take back.
      if (connector !== null) await driver.terminateConnection(disk, connector);
      return null;
  }
}

/** A connection that no attachment stands for goes by its volume. */
async function carryOutConnection(
  { runtime, drivers }: WorkerDependencies,
  task: Extract<DriverTask, { connector: string }>,
  volume: TaskVolume,
): Promise<DriverAnswer> {
  const connector = await openConnector(runtime.secretKey, task.connector);
  if (connector === null) throw new Error(`no connector for volume ${volume.id}`);
  const server = { id: '', name: '', host: connector.host };
  const disk: Disk = { server, volume, attachmentId: volume.id, device: null, mode: 'rw' };
  const driver = drivers.driverFor(disk);
  if (task.call === 'initializeConnection') {
    const info = await driver.initializeConnection(disk, connector);
    return sealConnection(runtime.secretKey, withQos(info, volume));
  }
  await driver.terminateConnection(disk, connector);
  return null;
}

/** Storage does not know of it: what hosts keep to is told with where the volume is. */
function withQos(info: ConnectionInfo, { hostQos }: TaskVolume): ConnectionInfo {
  return { ...info, data: { ...info.data, qos_specs: hostQos } };
}

/** A foreign instance has no host of ours; the connector it came with says where it is. */
function diskOf({ attachment, server, volume, instanceId }: TaskDisk, connectorHost: string | null): Disk {
  const host = server?.host ?? connectorHost;
  if (host === null) {
    throw new DriverError(`Server ${server?.name ?? instanceId ?? 'of nobody'} is on no host any more.`, {
      retryable: false,
    });
  }
  return {
    server: { id: server?.id ?? instanceId ?? '', name: server?.name ?? '', host },
    volume,
    attachmentId: attachment.id,
    device: attachment.device,
    mode: attachment.mode,
  };
}
