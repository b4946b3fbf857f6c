/**
 * A server is put aside, restored, and deleted for good.
 */
import { describe, expect, it } from 'vitest';
import { decideVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import { ask, serverRecord, soundWorld } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { OperationRecord } from '../engine/world';
import { cloud } from './delete-server-scene';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

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

  it('holds the quota for a server that is being restored', () => {
    const world = soundWorld({ server: [serverRecord({ vmState: 'soft-delete', powerState: 4 })] });
    const { operation } = accepted(RESTORE, ask(world, 'server-1'));
    expect(operation?.reserves).toEqual({ instances: 1, cores: 1, ram: 64 });
  });

  it('is in ERROR when that fails for one that was on its way to a host', () => {
    const coming = serverRecord({ vmState: 'shelved_offloaded', taskState: 'unshelving', powerState: 4 });
    const unshelve: OperationRecord = {
      id: 'operation-0',
      action: 'server.unshelve',
      phase: 'act',
      outcome: 'running',
      projectId: 'project-1',
      owns: 'server-1',
      subject: { serverId: 'server-1' },
      input: {},
      carry: {},
      reserves: {},
      reason: null,
      cause: null,
    };
    const world = soundWorld({ server: [coming], operation: [unshelve] });
    const played = play(SOFT, ask(world, 'server-1'), { fails: () => true });
    expect(played.world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
  });

  it('is restored only while there is quota for it', () => {
    const full = { id: 'project-1', limits: { instances: 1 }, inUse: { instances: 1 }, reserved: {} };
    const world = soundWorld({ server: [serverRecord({ vmState: 'soft-delete' })], quota: [full] });
    const decision = decideVerb(RESTORE, ask(world, 'server-1'));
    expect(decision).toMatchObject({ refusals: [{ rule: 'server.restore.over-quota', code: 'over_quota' }] });
  });
});
