/**
 * What every driver promises: any call may come twice, in any state, and does no harm.
 */
import { describe, expect, it } from 'vitest';
import { DISK_CALLS } from '~/server/domain/connection';
import { modelCloud } from '~/server/testing/model-cloud';
import { type Disk, type Driver, DriverError } from './driver';
import { singleDriver } from './registry';
import { type Fault, simulatedDriver } from './simulated';

const disk: Disk = {
  server: { id: 'server-1', name: 'web-1', host: 'cmp-1' },
  volume: { id: 'volume-1', name: 'data-1', sizeGib: 10, pool: 'stor@lvm#pool' },
  attachmentId: 'attachment-1',
  device: '/dev/vdb',
  mode: 'rw',
};
const otherHost: Disk = { ...disk, server: { id: 'server-2', name: 'web-2', host: 'cmp-2' } };
const otherVolume: Disk = {
  ...disk,
  volume: { ...disk.volume, id: 'volume-2', name: 'data-2' },
  attachmentId: 'attachment-2',
};

const noLatency = { min: 0, max: 0 };

function obedient(): Driver {
  return simulatedDriver({ latencyMs: noLatency, takeFault: async () => null });
}

describe.each<[string, () => Driver]>([
  ['the simulated driver', obedient],
  ['the model cloud', () => modelCloud().driver],
])('%s', (_, open) => {
  it('a host says who it is, the same each time, and unlike any other host', async () => {
    const driver = open();
    const connector = await driver.getConnector(disk);
    expect(connector.host).toBe('cmp-1');
    expect(await driver.getConnector(otherVolume)).toEqual(connector);
    expect((await driver.getConnector(otherHost)).initiator).not.toBe(connector.initiator);
  });

  it('an export is the same each time, and unlike that of any other volume', async () => {
    const driver = open();
    const connector = await driver.getConnector(disk);
    const info = await driver.initializeConnection(disk, connector);
    expect(await driver.initializeConnection(disk, connector)).toEqual(info);
    expect(await driver.initializeConnection(otherVolume, connector)).not.toEqual(info);
  });

  it('connector and connection info survive being stored', async () => {
    const driver = open();
    const connector = await driver.getConnector(disk);
    const info = await driver.initializeConnection(disk, connector);
    expect(JSON.parse(JSON.stringify(connector))).toEqual(connector);
    expect(JSON.parse(JSON.stringify(info))).toEqual(info);
  });

  it('every call may come twice', async () => {
    const driver = open();
    const connector = await driver.getConnector(disk);
    for (let life = 0; life < 2; life += 1) {
      const info = await driver.initializeConnection(disk, connector);
      await driver.attachDevice(disk, info);
      await driver.attachDevice(disk, info);
      await driver.detachDevice(disk);
      await driver.detachDevice(disk);
      await driver.terminateConnection(disk, connector);
      await driver.terminateConnection(disk, connector);
    }
  });

  it('what was never there may be taken away', async () => {
    const driver = open();
    await driver.detachDevice(disk);
    await driver.terminateConnection(disk, await driver.getConnector(disk));
  });
});

describe('the simulated driver, told to fail', () => {
  async function callAll(driver: Driver): Promise<string[]> {
    const connector = { host: 'cmp-1', ip: '192.0.2.7', initiator: 'iqn.x', multipath: false };
    const info = { driverVolumeType: 'iscsi', data: {} };
    const calls = {
      getConnector: () => driver.getConnector(disk),
      initializeConnection: () => driver.initializeConnection(disk, connector),
      attachDevice: () => driver.attachDevice(disk, info),
      detachDevice: () => driver.detachDevice(disk),
      terminateConnection: () => driver.terminateConnection(disk, connector),
    };
    const failed: string[] = [];
    for (const call of DISK_CALLS) await calls[call]().catch(() => failed.push(call));
    return failed;
  }

  it.each(DISK_CALLS)('%s fails and nothing else', async (call) => {
    const faults = new Map<string, Fault>([[call, { message: 'no', retryable: false }]]);
    const driver = simulatedDriver({
      latencyMs: noLatency,
      takeFault: async (asked) => faults.get(asked) ?? null,
    });
    expect(await callAll(driver)).toEqual([call]);
  });

  it.each([true, false])('says what it was told to say; may pass: %s', async (retryable) => {
    const asked: unknown[] = [];
    const driver = simulatedDriver({
      latencyMs: noLatency,
      takeFault: async (...question) => {
        asked.push(question);
        return { message: 'No path to storage.', retryable };
      },
    });
    const error = await driver.detachDevice(disk).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DriverError);
    expect(error).toMatchObject({ message: 'No path to storage.', retryable });
    expect(asked).toEqual([['detachDevice', { serverId: 'server-1', volumeId: 'volume-1' }]]);
  });

  it('takes its time', async () => {
    const driver = simulatedDriver({ latencyMs: { min: 20, max: 30 }, takeFault: async () => null });
    const started = performance.now();
    await driver.detachDevice(disk);
    // A timer may fire up to a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(19);
  });
});

it('one driver may serve every disk', () => {
  const driver = obedient();
  expect(singleDriver(driver).driverFor(disk)).toBe(driver);
});
