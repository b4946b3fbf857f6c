/**
 * What becomes of a server's volumes when it goes, and that nothing which storage says keeps it from going.
 */
import { describe, expect, it } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  snapshotRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { OperationRecord, World } from '../engine/world';
import { host } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const VERB: AnyVerb = SERVER_LIFE_VERBS['server.delete'];
const IN_USE = { status: 'in-use', attachStatus: 'attached' } as const;

/** web-1 with data-1, which is deleted with it, and data-3, which is not. */
function cloud(rows: Rows = {}): World {
  return soundWorld({
    volume: [volumeRecord(IN_USE), volumeRecord({ id: 'volume-3', name: 'data-3', ...IN_USE })],
    attachment: [
      attachmentRecord({ deleteOnTermination: true }),
      attachmentRecord({ id: 'attachment-3', volumeId: 'volume-3', bdmId: 'bdm-3', device: '/dev/vdc' }),
    ],
    ...rows,
  });
}

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
    expect(reason).toBe('Overtaken: server web-1 is error by now.');
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
  });
});

function planOf(world: World, verb: AnyVerb = VERB) {
  const decision = decideVerb(verb, ask(world, 'server-1'));
  if (!decision.allowed) throw new Error('refused');
  return decision.effects;
}

describe('deleting what is busy', () => {
  const running = (action: OperationRecord['action'], owns: string): OperationRecord => ({
    id: 'operation-0',
    action,
    phase: 'act',
    outcome: 'running',
    projectId: 'project-1',
    owns,
    subject: { serverId: 'server-1' },
    input: {},
    carry: {},
    reserves: {},
    reason: null,
  });

  it('relieves whoever is at work on the server and its disks', () => {
    const world = cloud({ server: [serverRecord({ taskState: 'shelving' })] });
    expect(planOf(world).relieves).toEqual(['server-1', 'attachment-1', 'attachment-3']);
  });

  it('does nothing when it is being deleted already; a force delete begins anew', () => {
    const world = cloud({
      server: [serverRecord({ taskState: 'deleting' })],
      operation: [running('server.delete', 'server-1')],
    });
    expect(planOf(world)).toMatchObject({ changes: [], job: null });
    expect(planOf(world, SERVER_LIFE_VERBS['server.force-delete'])).toMatchObject({
      relieves: ['server-1', 'attachment-1', 'attachment-3'],
      job: { phase: 'act', owns: 'server-1' },
    });
  });

  it('begins anew when it says that it is deleting and nobody is at it', () => {
    const world = cloud({ server: [serverRecord({ taskState: 'deleting' })] });
    expect(planOf(world).job).not.toBeNull();
  });

  it('ends a detach: what was being let go is in use, as long as it is there', () => {
    const detach = { ...running('volume.detach', 'attachment-1'), subject: { volumeId: 'volume-1' } };
    const world = cloud({
      volume: [volumeRecord({ ...IN_USE, status: 'detaching' }), volumeRecord({ id: 'volume-3', ...IN_USE })],
      operation: [detach],
    });
    const failed = play(VERB, ask(world, 'server-1'), { fails: ({ call }) => call === 'destroy' });
    expect(failed.world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('ends a swap, and lets go of both volumes', () => {
    const to = attachmentRecord({
      id: 'attachment-9',
      volumeId: 'volume-9',
      attachStatus: 'attaching',
      bdmId: null,
      serverId: null,
      device: null,
    });
    const swap = {
      ...running('attachment.swap', 'attachment-1'),
      subject: { serverId: 'server-1', volumeId: 'volume-1' },
      carry: { to: 'attachment-9' },
    };
    const world = soundWorld({
      volume: [
        volumeRecord({ ...IN_USE, status: 'detaching' }),
        volumeRecord({ id: 'volume-9', status: 'attaching', attachStatus: 'attaching' }),
      ],
      attachment: [attachmentRecord(), to],
      operation: [swap],
    });
    expect(planOf(world).relieves).toEqual(['server-1', 'attachment-1', 'attachment-9']);
    const relieved = { ...world, operation: new Map() };
    const played = play(VERB, ask(relieved, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'available' });
  });

  it('makes an end to a volume that was being made for it', () => {
    const world = soundWorld({
      server: [serverRecord({ vmState: 'building', taskState: 'block_device_mapping', launched: false })],
      volume: [volumeRecord({ status: 'creating' })],
      attachment: [attachmentRecord({ attachStatus: null, connector: null, connectionInfo: null })],
      operation: [running('server.create', 'server-1')],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.server.has('server-1')).toBe(false);
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'error', attachStatus: 'detached' });
  });

  it('leaves to its owner what a volume is busy with', () => {
    const extending: OperationRecord = {
      ...running('volume.extend', 'volume-1'),
      subject: { volumeId: 'volume-1' },
    };
    const world = cloud({
      volume: [volumeRecord({ ...IN_USE, status: 'extending' }), volumeRecord({ id: 'volume-3', ...IN_USE })],
      operation: [extending],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({
      status: 'extending',
      attachStatus: 'detached',
    });
  });

  it('lets go as well of a disk that has come in the place of another meanwhile', () => {
    const migrated = attachmentRecord({ id: 'attachment-9', volumeId: 'volume-9' });
    const world = cloud({
      volume: [volumeRecord(IN_USE), volumeRecord({ id: 'volume-9', ...IN_USE })],
      attachment: [attachmentRecord()],
    });
    const played = play(VERB, ask(world, 'server-1'), {
      meanwhile: (now) => ({ ...now, attachment: new Map([[migrated.id, migrated]]) }),
    });
    expect(played.outcome).toBe('succeeded');
    expect(played.world.server.has('server-1')).toBe(false);
    expect(played.world.attachment.size).toBe(0);
    expect(played.world.volume.get('volume-9')).toMatchObject({ status: 'available' });
  });

  it('leaves no volume reserved for nobody that was being made when it was attached', () => {
    const downloading: OperationRecord = {
      ...running('volume.create', 'volume-1'),
      subject: { volumeId: 'volume-1' },
    };
    const world = soundWorld({
      volume: [volumeRecord({ status: 'reserved', attachStatus: 'detached' })],
      attachment: [attachmentRecord({ attachStatus: 'reserved', connector: null, connectionInfo: null })],
      operation: [downloading],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'available' });
  });
});

describe('putting a server aside', () => {
  const SOFT: AnyVerb = SERVER_LIFE_VERBS['server.soft-delete'];
  const RESTORE: AnyVerb = SERVER_LIFE_VERBS['server.restore'];

  it('touches none of its disks, and restoring it brings it back', () => {
    const aside = play(SOFT, ask(cloud(), 'server-1'));
    expect(aside.tasks).toEqual([{ call: 'powerOff', serverId: 'server-1' }]);
    expect(aside.world.server.get('server-1')).toMatchObject({
      vmState: 'soft-delete',
      taskState: null,
      powerState: 4,
    });
    expect(aside.world.attachment).toEqual(cloud().attachment);
    expect(aside.world.volume).toEqual(cloud().volume);
    const back = play(RESTORE, ask(aside.world, 'server-1'));
    expect(back.world.server.get('server-1')).toEqual(serverRecord());
  });

  it('is done at once where no host answers; restoring what is on none does not call it ACTIVE', () => {
    const away = serverRecord({ vmState: 'shelved_offloaded', host: null });
    const world = cloud({ server: [away] });
    const aside = accepted(SOFT, ask(world, 'server-1'));
    expect(aside.operation).toBeNull();
    const back = accepted(RESTORE, ask(aside.world, 'server-1'));
    expect(back.world.server.get('server-1')).toEqual(away);
  });

  it('stays aside when its host cannot remove it for good: it does not count, and may be in nobody’s way', () => {
    const world = cloud({ server: [serverRecord({ vmState: 'soft-delete' })] });
    const failed = play(SERVER_LIFE_VERBS['server.force-delete'], ask(world, 'server-1'), {
      fails: ({ call }) => call === 'destroy',
    });
    expect(failed.outcome).toBe('failed');
    expect(failed.world.server.get('server-1')).toMatchObject({ vmState: 'soft-delete', taskState: null });
  });

  it('fails without a trace when the host cannot power it off', () => {
    const played = play(SOFT, ask(cloud(), 'server-1'), { fails: () => true });
    expect(played.world.server.get('server-1')).toEqual(serverRecord());
  });

  it('is restored only while there is quota for it', () => {
    const full = { id: 'project-1', limits: { instances: 1 }, inUse: { instances: 1 }, reserved: {} };
    const world = soundWorld({ server: [serverRecord({ vmState: 'soft-delete' })], quota: [full] });
    const decision = decideVerb(RESTORE, ask(world, 'server-1'));
    expect(decision).toMatchObject({ refusals: [{ rule: 'server.restore.over-quota', code: 'over_quota' }] });
  });
});
