/**
 * What becomes of a server's volumes when it goes, and that nothing which storage says keeps it from going.
 */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import { host } from '../sound-facts';
import { cloud, IN_USE, planOf, VERB } from './delete-server-scene';

describe('deleting a server', () => {
  it('removes its guest, then lets its disks go, and deletes those that go with it', () => {
    const { world, outcome, tasks } = play(VERB, ask(cloud(), 'server-1'));
    expect(outcome).toBe('succeeded');
    expect(tasks).toEqual([
      { call: 'destroy', serverId: 'server-1', args: {} },
      { call: 'terminateConnection', attachmentId: 'attachment-1' },
      { call: 'deleteVolume', volumeId: 'volume-1', args: {} },
      { call: 'terminateConnection', attachmentId: 'attachment-3' },
    ]);
    expect(world.server.has('server-1')).toBe(false);
    expect(world.attachment.size).toBe(0);
    expect(world.volume.has('volume-1')).toBe(false);
    expect(world.volume.get('volume-3')).toMatchObject({ status: 'available', attachStatus: 'detached' });
  });

  it('says beforehand what becomes of each volume', () => {
    const steps = VERB.steps(ask(cloud(), 'server-1'));
    expect(steps).toContain('Volume data-1 is deleted with the server.');
    expect(steps).toContain('Volume data-3 is detached and available again.');
    expect(VERB.confirm?.(ask(cloud(), 'server-1'))).toBe('web-1');
  });

  it('is not stopped by storage that does not let a disk go: that volume stays with its attachment', () => {
    const { world, outcome } = play(VERB, ask(cloud(), 'server-1'), {
      fails: (task) =>
        'attachmentId' in task && task.call === 'terminateConnection' && task.attachmentId === 'attachment-1',
    });
    expect(outcome).toBe('succeeded');
    expect(world.server.has('server-1')).toBe(false);
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use' });
    expect(world.attachment.get('attachment-1')).toMatchObject({
      serverId: null,
      bdmId: null,
      instanceId: 'server-1',
      attachStatus: 'attached',
      connector: 'sealed connector',
    });
    expect(world.volume.get('volume-3')).toMatchObject({ status: 'available' });
  });

  it('is not stopped by storage that cannot delete a volume', () => {
    const { world, outcome } = play(VERB, ask(cloud(), 'server-1'), {
      fails: (task) => task.call === 'deleteVolume',
    });
    expect(outcome).toBe('succeeded');
    expect(world.server.has('server-1')).toBe(false);
    expect(world.volume.get('volume-1')).toMatchObject({
      status: 'error_deleting',
      attachStatus: 'detached',
    });
    expect(world.volume.get('volume-3')).toMatchObject({ status: 'available' });
  });

  it('leaves it in ERROR, with its volumes, when its host cannot remove it', () => {
    const { world, outcome, reason } = play(VERB, ask(cloud(), 'server-1'), {
      fails: (task) => task.call === 'destroy',
    });
    expect(outcome).toBe('failed');
    expect(reason).toBe('storage said no');
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
    expect(world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it.each([
    ['its host is down', { host: [host({ up: false })] }],
    ['it is on no host', { server: [serverRecord({ vmState: 'shelved_offloaded', host: null })] }],
  ] as [string, Rows][])('asks no host when %s', (_, rows) => {
    const { world, tasks } = play(VERB, ask(cloud(rows), 'server-1'));
    expect(tasks.some(({ call }) => call === 'destroy')).toBe(false);
    expect(world.server.has('server-1')).toBe(false);
    expect(world.volume.get('volume-3')).toMatchObject({ status: 'available' });
  });

  it('is done at once for a server without host and disks', () => {
    const world = soundWorld({ server: [serverRecord({ vmState: 'error', host: null })] });
    const { job, changes } = planOf(world);
    expect(job).toBeNull();
    expect(changes).toEqual([{ table: 'server', op: 'delete', id: 'server-1' }]);
  });

  it('takes no export back of a disk that has none', () => {
    const reserved = { attachStatus: 'reserved', connector: null, connectionInfo: null } as const;
    const world = soundWorld({
      server: [serverRecord({ vmState: 'error', host: null })],
      volume: [volumeRecord({ status: 'reserved' })],
      attachment: [attachmentRecord(reserved)],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.tasks).toEqual([]);
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'available' });
  });

  it('confirms a resize first', () => {
    const { tasks } = play(
      VERB,
      ask(soundWorld({ server: [serverRecord({ vmState: 'resized' })] }), 'server-1'),
    );
    expect(tasks.map(({ call }) => call)).toEqual(['confirmResize', 'destroy']);
  });

  it('spares a volume that another server has, or of which there are snapshots', () => {
    const world = cloud({
      volume: [volumeRecord({ ...IN_USE, multiattach: true }), volumeRecord({ id: 'volume-3', ...IN_USE })],
      attachment: [
        attachmentRecord({ deleteOnTermination: true, multiattach: true }),
        attachmentRecord({
          id: 'elsewhere',
          instanceId: 'server-2',
          serverId: 'server-2',
          multiattach: true,
        }),
        attachmentRecord({ id: 'attachment-3', volumeId: 'volume-3', deleteOnTermination: true }),
      ],
      snapshot: [snapshotRecord({ volumeId: 'volume-3' })],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.tasks.some(({ call }) => call === 'deleteVolume')).toBe(false);
    expect(played.world.volume.get('volume-1')).toMatchObject(IN_USE);
    expect(played.world.volume.get('volume-3')).toMatchObject({ status: 'available' });
  });

  it('leaves it alone when an operator has set its state meanwhile', () => {
    const { world, outcome, reason } = play(VERB, ask(cloud(), 'server-1'), {
      meanwhile: (now) => ({ ...now, server: new Map([['server-1', serverRecord({ vmState: 'error' })]]) }),
    });
    expect(outcome).toBe('failed');
    expect(reason).toBe('Server web-1 is error by now.');
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
  });
});
