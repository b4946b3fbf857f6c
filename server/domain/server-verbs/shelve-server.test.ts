/**
 * What shelving, offloading and unshelving do to a server and each of its attachments.
 */
import { describe, expect, it } from 'vitest';
import { refusalsOfVerb } from '../engine/decide';
import { play } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  type Rows,
  serverRecord,
  settings,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { World } from '../engine/world';
import { admin, host } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const SHELVE: AnyVerb = SERVER_LIFE_VERBS['server.shelve'];
const OFFLOAD: AnyVerb = SERVER_LIFE_VERBS['server.shelve-offload'];
const UNSHELVE: AnyVerb = SERVER_LIFE_VERBS['server.unshelve'];
const IN_USE = { status: 'in-use', attachStatus: 'attached' } as const;
const RESERVED = { status: 'reserved', attachStatus: 'reserved' } as const;
const NO_CONNECTION = {
  attachedHost: null,
  mountpoint: null,
  connector: null,
  connectionInfo: null,
} as const;

/** web-1 with data-1 as /dev/vdb. */
function cloud(rows: Rows = {}): World {
  return soundWorld({
    volume: [volumeRecord(IN_USE)],
    attachment: [attachmentRecord({ tag: 'db' })],
    ...rows,
  });
}

const away = serverRecord({ vmState: 'shelved_offloaded', host: null, powerState: 4 });

function offloadedCloud(rows: Rows = {}): World {
  return cloud({
    server: [away],
    volume: [volumeRecord(RESERVED)],
    attachment: [attachmentRecord({ attachStatus: 'reserved', ...NO_CONNECTION, tag: 'db' })],
    host: [host(), host({ name: 'cmp-2' })],
    ...rows,
  });
}

describe('shelving', () => {
  it('takes it off its host; each disk is held for it by a new, empty attachment', () => {
    const { world, outcome, tasks } = play(SHELVE, ask(cloud(), 'server-1'));
    expect(outcome).toBe('succeeded');
    expect(tasks.map(({ call }) => call)).toEqual(['shelve', 'offload', 'terminateConnection']);
    expect(world.server.get('server-1')).toMatchObject({
      vmState: 'shelved_offloaded',
      taskState: null,
      host: null,
      powerState: 4,
    });
    expect(world.attachment.has('attachment-1')).toBe(false);
    expect([...world.attachment.values()]).toEqual([
      { ...attachmentRecord({ tag: 'db' }), id: 'fresh-1', attachStatus: 'reserved', ...NO_CONNECTION },
    ]);
    expect(world.volume.get('volume-1')).toMatchObject(RESERVED);
  });

  it('leaves an image-backed one on its host, with its disks, where the operator wants that', () => {
    const keeps = { settings: { ...settings, keepsShelvedOnHost: true } };
    const { world, tasks } = play(SHELVE, ask(cloud(), 'server-1', {}, keeps));
    expect(tasks.map(({ call }) => call)).toEqual(['shelve']);
    expect(world.server.get('server-1')).toMatchObject({
      vmState: 'shelved',
      taskState: null,
      host: 'cmp-1',
    });
    expect(world.attachment).toEqual(cloud().attachment);
    expect(world.volume).toEqual(cloud().volume);
  });

  it('offloads a volume-backed one at once, whatever the operator wants', () => {
    const world = cloud({ server: [serverRecord({ imageId: null })] });
    const keeps = { settings: { ...settings, keepsShelvedOnHost: true } };
    const played = play(SHELVE, ask(world, 'server-1', {}, keeps));
    expect(played.world.server.get('server-1')).toMatchObject({ vmState: 'shelved_offloaded', host: null });
  });

  it('changes nothing when the host cannot', () => {
    const { world, outcome } = play(SHELVE, ask(cloud(), 'server-1'), {
      fails: ({ call }) => call === 'shelve',
    });
    expect(outcome).toBe('failed');
    expect(world.server).toEqual(cloud().server);
    expect(world.attachment).toEqual(cloud().attachment);
  });

  it('leaves it SHELVED when the host cannot let it go', () => {
    const { world } = play(SHELVE, ask(cloud(), 'server-1'), { fails: ({ call }) => call === 'offload' });
    expect(world.server.get('server-1')).toMatchObject({
      vmState: 'shelved',
      taskState: null,
      host: 'cmp-1',
    });
    expect(world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('holds a disk that storage does not let go all the same; the old attachment stays with storage', () => {
    const { world, outcome } = play(SHELVE, ask(cloud(), 'server-1'), {
      fails: ({ call }) => call === 'terminateConnection',
    });
    expect(outcome).toBe('succeeded');
    expect(world.attachment.get('attachment-1')).toMatchObject({
      serverId: null,
      instanceId: 'server-1',
      attachStatus: 'attached',
      connector: 'sealed connector',
    });
    expect(world.attachment.get('fresh-1')).toMatchObject({
      serverId: 'server-1',
      attachStatus: 'reserved',
      device: '/dev/vdb',
    });
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use' });
  });
});

describe('offloading', () => {
  it('does the second half of it', () => {
    const world = cloud({ server: [serverRecord({ vmState: 'shelved', powerState: 4 })] });
    const played = play(OFFLOAD, ask(world, 'server-1', {}, { actor: admin }));
    expect(played.tasks.map(({ call }) => call)).toEqual(['offload', 'terminateConnection']);
    expect(played.world.server.get('server-1')).toEqual(away);
    expect(played.world.volume.get('volume-1')).toMatchObject(RESERVED);
  });
});

describe('unshelving', () => {
  const sealed = { answer: ({ call }: { call: string }) => `sealed ${call}` };

  it('powers it on where it still is, and touches no disk', () => {
    const world = cloud({ server: [serverRecord({ vmState: 'shelved', powerState: 4 })] });
    const played = play(UNSHELVE, ask(world, 'server-1'));
    expect(played.tasks).toEqual([{ call: 'powerOn', serverId: 'server-1' }]);
    expect(played.world.server.get('server-1')).toEqual(serverRecord());
    expect(played.world.attachment).toEqual(world.attachment);
  });

  it('brings an offloaded one to a host, and connects its disks there', () => {
    const played = play(UNSHELVE, ask(offloadedCloud(), 'server-1'), sealed);
    expect(played.outcome).toBe('succeeded');
    expect(played.tasks.map(({ call }) => call)).toEqual([
      'getConnector',
      'initializeConnection',
      'unshelve',
    ]);
    const server = played.world.server.get('server-1');
    expect(server).toMatchObject({ vmState: 'active', taskState: null, powerState: 1 });
    expect(['cmp-1', 'cmp-2']).toContain(server?.host);
    expect(played.world.attachment.get('attachment-1')).toMatchObject({
      attachStatus: 'attached',
      connector: 'sealed getConnector',
      connectionInfo: 'sealed initializeConnection',
      attachedHost: server?.host,
      device: '/dev/vdb',
      mountpoint: '/dev/vdb',
    });
    expect(played.world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('names disks that were attached while it was on no host', () => {
    const world = offloadedCloud({
      volume: [volumeRecord(IN_USE), volumeRecord({ id: 'volume-3', ...IN_USE })],
      attachment: [
        attachmentRecord({ ...NO_CONNECTION, device: '/dev/vdc' }),
        attachmentRecord({ id: 'attachment-3', volumeId: 'volume-3', ...NO_CONNECTION, device: null }),
      ],
    });
    const played = play(UNSHELVE, ask(world, 'server-1'), sealed);
    expect(played.world.attachment.get('attachment-3')).toMatchObject({
      device: '/dev/vdb',
      mountpoint: '/dev/vdb',
    });
  });

  it.each(['getConnector', 'initializeConnection', 'unshelve'])(
    'stays offloaded, with its disks held for it, when %s fails',
    (failing) => {
      const nameless = offloadedCloud({
        volume: [volumeRecord(RESERVED)],
        attachment: [attachmentRecord({ attachStatus: 'reserved', ...NO_CONNECTION, device: null })],
      });
      const played = play(UNSHELVE, ask(nameless, 'server-1'), {
        ...sealed,
        fails: ({ call }) => call === failing,
      });
      expect(played.outcome).toBe('failed');
      expect(played.reason).toBe('storage said no');
      expect(played.world.server.get('server-1')).toEqual(away);
      expect([...played.world.attachment.values()]).toMatchObject([
        { serverId: 'server-1', attachStatus: 'reserved', device: null, ...NO_CONNECTION },
      ]);
      expect(played.world.volume.get('volume-1')).toMatchObject(RESERVED);
    },
  );

  it.each(['getConnector', 'initializeConnection', 'unshelve'])(
    'leaves what was attached meanwhile attached, when %s fails',
    (failing) => {
      const given = offloadedCloud({
        volume: [volumeRecord(IN_USE)],
        attachment: [attachmentRecord({ ...NO_CONNECTION, device: null })],
      });
      const played = play(UNSHELVE, ask(given, 'server-1'), {
        ...sealed,
        fails: ({ call }) => call === failing,
      });
      expect([...played.world.attachment.values()]).toMatchObject([
        { serverId: 'server-1', attachStatus: 'attached', device: null, ...NO_CONNECTION },
      ]);
      expect(played.world.volume.get('volume-1')).toMatchObject(IN_USE);
    },
  );

  it('is refused at once when no host that is up, enabled and able can take it', () => {
    const rules = (rows: Rows) =>
      refusalsOfVerb(UNSHELVE, ask(offloadedCloud(rows), 'server-1')).map(({ rule }) => rule);
    expect(rules({ host: [host({ up: false })] })).toEqual(['server.unshelve.no-valid-host']);
    expect(rules({ host: [host({ enabled: false })] })).toEqual(['server.unshelve.no-valid-host']);
    expect(rules({ host: [host({ supportsTagging: false })] })).toEqual(['server.unshelve.no-valid-host']);
    const shared = attachmentRecord({ attachStatus: 'reserved', ...NO_CONNECTION, multiattach: true });
    expect(rules({ attachment: [shared], host: [host({ supportsMultiattach: false })] })).toEqual([
      'server.unshelve.no-valid-host',
    ]);
    expect(rules({ host: [host()] })).toEqual([]);
  });

  it('is refused when it has more disks than a host may give it', () => {
    const one = { settings: { ...settings, maxDisksPerServer: 1 } };
    const found = refusalsOfVerb(UNSHELVE, ask(offloadedCloud(), 'server-1', {}, one));
    expect(found).toMatchObject([{ rule: 'server.unshelve.too-many-disks', code: 'over_quota' }]);
  });
});
