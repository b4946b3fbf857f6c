/**
 * A resize from its acceptance to its end: where the server is, which flavor it has, and what its disks are meanwhile.
 */
import { describe, expect, it } from 'vitest';
import { refusalsOfVerb } from '../engine/decide';
import { accepted, play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { FlavorRecord, World } from '../engine/world';
import { host } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const RESIZE: AnyVerb = SERVER_LIFE_VERBS['server.resize'];
const CONFIRM: AnyVerb = SERVER_LIFE_VERBS['server.confirm-resize'];
const REVERT: AnyVerb = SERVER_LIFE_VERBS['server.revert-resize'];
const IN_USE = { status: 'in-use', attachStatus: 'attached' } as const;
const sealed = { answer: ({ call }: { call: string }) => `sealed ${call}` };

/** web-1 on cmp-1 with data-1; cmp-2 is free. */
function cloud(rows: Rows = {}): World {
  return soundWorld({
    volume: [volumeRecord(IN_USE)],
    attachment: [attachmentRecord()],
    host: [host(), host({ name: 'cmp-2' })],
    ...rows,
  });
}

function resized(rows: Rows = {}): World {
  return play(RESIZE, ask(cloud(rows), 'server-1', { flavor: '2' }), sealed).world;
}

function disk(world: World) {
  const [only, ...more] = [...world.attachment.values()];
  expect(more).toEqual([]);
  return only;
}

describe('resizing', () => {
  it('moves it to another host, disks and all, and waits to be confirmed', () => {
    const { world, outcome, tasks } = play(RESIZE, ask(cloud(), 'server-1', { flavor: '2' }), sealed);
    expect(outcome).toBe('succeeded');
    expect(tasks.map(({ call }) => call)).toEqual([
      'powerOff',
      'detachDevice',
      'terminateConnection',
      'getConnector',
      'initializeConnection',
      'resize',
    ]);
    expect(world.server.get('server-1')).toMatchObject({
      vmState: 'resized',
      taskState: null,
      host: 'cmp-2',
      flavorId: '2',
      flavor: { name: 'm1.small', ramMib: 128 },
      former: { vmState: 'active', flavorId: '1', host: 'cmp-1' },
    });
    expect(disk(world)).toMatchObject({
      attachStatus: 'attached',
      attachedHost: 'cmp-2',
      connector: 'sealed getConnector',
      device: '/dev/vdb',
      bdmId: 'bdm-1',
    });
    expect(world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('stays on its host when there is no other', () => {
    expect(resized({ host: [host()] }).server.get('server-1')).toMatchObject({
      vmState: 'resized',
      host: 'cmp-1',
    });
  });

  it('holds what it needs more of until it is done', () => {
    const { operation } = accepted(RESIZE, ask(cloud(), 'server-1', { flavor: '2' }));
    expect(operation?.reserves).toEqual({ cores: 0, ram: 64 });
  });

  it.each(['getConnector', 'initializeConnection', 'resize'])(
    'goes back to where it was, as it was, when %s fails',
    (failing) => {
      let failed = false;
      const played = play(RESIZE, ask(cloud(), 'server-1', { flavor: '2' }), {
        ...sealed,
        fails: ({ call }) => {
          const fails = call === failing && !failed;
          failed = failed || fails;
          return fails;
        },
      });
      expect(played).toMatchObject({ outcome: 'failed', reason: 'storage said no' });
      expect(played.world.server.get('server-1')).toEqual(serverRecord());
      expect(disk(played.world)).toMatchObject({ attachStatus: 'attached', attachedHost: 'cmp-1' });
      expect(played.world.volume.get('volume-1')).toMatchObject(IN_USE);
      expect(played.tasks.slice(-2)).toEqual([
        { call: 'revertResize', serverId: 'server-1', args: {} },
        { call: 'powerOn', serverId: 'server-1' },
      ]);
    },
  );

  it('is in ERROR, with its disks held for it, when it cannot go back either', () => {
    const { world, outcome } = play(RESIZE, ask(cloud(), 'server-1', { flavor: '2' }), {
      ...sealed,
      fails: ({ call }) => call === 'initializeConnection',
    });
    expect(outcome).toBe('failed');
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'reserved' });
  });

  it('changes nothing when its host cannot power it off', () => {
    const { world } = play(RESIZE, ask(cloud(), 'server-1', { flavor: '2' }), { fails: () => true });
    expect(world.server.get('server-1')).toEqual(serverRecord());
    expect(world.attachment).toEqual(cloud().attachment);
  });
});

describe('a resize is refused', () => {
  const diskless: FlavorRecord = {
    id: '3',
    name: 'm1.diskless',
    vcpus: 1,
    ramMib: 64,
    diskGib: 0,
    ephemeralGib: 0,
    swapMib: 0,
    extraSpecs: {},
  };
  const rules = (flavor: string, rows: Rows = {}) =>
    refusalsOfVerb(RESIZE, ask(cloud({ flavor: [diskless], ...rows }), 'server-1', { flavor })).map(
      ({ rule, code }) => `${rule} ${code}`,
    );

  it('to a flavor that is not there', () =>
    expect(rules('9')).toEqual(['server.resize.flavor-not-found invalid']));
  it('to the flavor it has', () => expect(rules('1')).toEqual(['server.resize.same-flavor invalid']));
  it('without a disk, where its root is one', () =>
    expect(rules('3')).toEqual(['server.resize.zero-disk-flavor invalid']));
  it('but not where it boots from a volume', () =>
    expect(rules('3', { server: [serverRecord({ imageId: null })] })).toEqual([]));
  it('over the quota', () => {
    const full = { id: 'project-1', limits: { ram: 100 }, inUse: { ram: 64 }, reserved: {} };
    expect(rules('2', { quota: [full] })).toEqual(['server.resize.over-quota over_quota']);
  });
  it('but not while nobody has chosen a flavor', () => {
    expect(refusalsOfVerb(RESIZE, ask(cloud(), 'server-1'))).toEqual([]);
  });
});

describe('settling a resize', () => {
  it('confirming keeps it as it is', () => {
    const { world, tasks } = play(CONFIRM, ask(resized(), 'server-1'));
    expect(tasks.map(({ call }) => call)).toEqual(['confirmResize']);
    expect(world.server.get('server-1')).toMatchObject({
      vmState: 'active',
      taskState: null,
      former: null,
      host: 'cmp-2',
      flavorId: '2',
    });
    expect(world.attachment).toEqual(resized().attachment);
  });

  it('confirming one that was SHUTOFF leaves it so', () => {
    const off = resized({ server: [serverRecord({ vmState: 'stopped', powerState: 4 })] });
    expect(off.server.get('server-1')).toMatchObject({ vmState: 'resized', powerState: 4 });
    const { world } = play(CONFIRM, ask(off, 'server-1'));
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'stopped', powerState: 4 });
  });

  it('waits on when the host cannot confirm', () => {
    const before = resized();
    const { world } = play(CONFIRM, ask(before, 'server-1'), { fails: () => true });
    expect(world.server).toEqual(before.server);
  });

  it('reverting brings it back to host and flavor, disks and all', () => {
    const { world, outcome, tasks } = play(REVERT, ask(resized(), 'server-1'), sealed);
    expect(outcome).toBe('succeeded');
    expect(tasks.map(({ call }) => call)).toEqual([
      'powerOff',
      'detachDevice',
      'terminateConnection',
      'getConnector',
      'initializeConnection',
      'revertResize',
      'powerOn',
    ]);
    expect(world.server.get('server-1')).toEqual(serverRecord());
    expect(disk(world)).toMatchObject({ attachStatus: 'attached', attachedHost: 'cmp-1' });
    expect(world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('reverting one that was SHUTOFF does not power it on', () => {
    const off = resized({ server: [serverRecord({ vmState: 'stopped', powerState: 4 })] });
    const { world, tasks } = play(REVERT, ask(off, 'server-1'), sealed);
    expect(tasks.at(-1)?.call).toBe('revertResize');
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'stopped', powerState: 4 });
  });

  it('a revert that cannot arrive leaves it in ERROR', () => {
    const { world } = play(REVERT, ask(resized(), 'server-1'), {
      ...sealed,
      fails: ({ call }) => call === 'getConnector',
    });
    expect(world.server.get('server-1')).toMatchObject({ vmState: 'error', taskState: null });
  });

  it('needs to know what it was before', () => {
    const lost = soundWorld({ server: [serverRecord({ vmState: 'resized' })] });
    for (const verb of [CONFIRM, REVERT]) {
      expect(refusalsOfVerb(verb, ask(lost, 'server-1'))).toMatchObject([
        { rule: `${verb.name}.no-former`, code: 'invalid' },
      ]);
    }
  });
});
