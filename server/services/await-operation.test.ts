/**
 * Waiting for the end of an operation: what came of it, why it failed, and that nobody waits for ever.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunningCloud, type RunningCloud } from '~/server/testing/running-cloud';
import { awaitOperation, OperationFailedError, OperationUnfinishedError } from './await-operation';
import { type Performed, perform } from './perform';
import { planFault } from './simulated-faults';

const CONNECTOR = { host: 'tempest-1', initiator: 'iqn.1993-08.org.debian:01:cad181614cec' };

let cloud: RunningCloud;
beforeEach(async () => {
  cloud = await openRunningCloud({ idle: true });
});
afterEach(() => cloud.close());

async function connecting(volumeId?: string): Promise<Performed> {
  const id = volumeId ?? (await cloud.newVolume()).id;
  return perform(cloud.admin, { action: 'attachment.create', id, input: { connector: CONNECTOR } });
}

describe('while nobody works', () => {
  it('waits no longer than it was told, and the operation goes on', async () => {
    const performed = await connecting();
    await expect(awaitOperation(cloud.admin, performed, 20)).rejects.toThrow(OperationUnfinishedError);
    const [row] = await cloud.runtime.database.sql`
      select outcome from operations where id = ${performed.operationId}`;
    expect(row?.outcome).toBe('running');
  });

  it('is back at once when nothing went on', async () => {
    const { id } = await cloud.newVolume();
    const performed = await perform(cloud.admin, { action: 'volume.reserve', id, input: {} });
    expect(await awaitOperation(cloud.admin, performed)).toEqual({});
  });

  it('hears who has overtaken it', async () => {
    const { id } = await cloud.newVolume();
    const performed = await connecting(id);
    const waiting = awaitOperation(cloud.admin, performed);
    await perform(cloud.admin, {
      action: 'volume.reset-status',
      id,
      input: { attachStatus: 'detached' },
    });
    await expect(waiting).rejects.toMatchObject({ failureCause: 'overtaken' });
  });
});

describe('with a worker', () => {
  beforeEach(() => cloud.startWorker());

  it('gives what was handed on, to many who wait at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => connecting()));
    const ends = await Promise.all(all.map((each) => awaitOperation(cloud.admin, each)));
    expect(ends).toEqual(all.map(() => ({ former: expect.anything() })));
  });

  it('says why it failed', async () => {
    const { id } = await cloud.newVolume();
    await planFault(cloud.admin, {
      call: 'initializeConnection',
      volumeId: id,
      serverId: null,
      message: 'The target is full.',
      retryable: false,
      times: 1,
    });
    const waiting = awaitOperation(cloud.admin, await connecting(id));
    await expect(waiting).rejects.toThrow(OperationFailedError);
    await expect(waiting).rejects.toMatchObject({ message: 'The target is full.', failureCause: 'fault' });
  });
});
