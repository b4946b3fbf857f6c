import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AttachmentRecord, VolumeRecord, World } from '../engine/world';
import { VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { markAttached } from './mark-attached';

const input = { mountpoint: '/dev/vdc', instanceId: 'server-1' };
const bare = { serverId: null, bdmId: null, device: null, connector: null, connectionInfo: null };

function cloud(volume: Partial<VolumeRecord>, ...attachment: AttachmentRecord[]): World {
  return soundWorld({ volume: [volumeRecord(volume)], attachment });
}

function refusals(world: World, given: Input = input): string[] {
  const decision = decideVerb(markAttached, ask(world, 'volume-1', given));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('volume.mark-attached.', '')}`);
}

function marked(world: World, given: Input = input): World {
  return accepted(markAttached, ask(world, 'volume-1', given)).world;
}

const REFUSED: Partial<Record<VolumeStatus, string[]>> = {
  maintenance: ['invalid volume-status'],
  'in-use': ['invalid in-use'],
};

describe('statuses', () => {
  test.each(VOLUME_STATUSES)('%s', (status) => {
    expect(refusals(cloud({ status }))).toEqual(REFUSED[status] ?? []);
    const shared = status === 'maintenance' ? ['invalid volume-status'] : [];
    expect(refusals(cloud({ status, multiattach: true }))).toEqual(shared);
  });

  test('in use, and migrated: only for who has it', () => {
    const mine = attachmentRecord({ ...bare });
    const migrating = { status: 'in-use', migrationStatus: 'migrating' } as const;
    expect(refusals(cloud(migrating, mine))).toEqual([]);
    expect(refusals(cloud(migrating, mine), { ...input, instanceId: 'server-2' })).toEqual(['invalid held']);
    const over = { status: 'in-use', migrationStatus: 'success' } as const;
    expect(refusals(cloud(over))).toEqual(['invalid in-use']);
  });

  test('what a volume is being copied to is nobody’s to have', () => {
    const target = { status: 'available', migrationStatus: 'target:volume-9' } as const;
    expect(refusals(cloud(target))).toEqual(['invalid migration-target']);
  });

  test('nor what a volume was migrated from, and is being deleted', () => {
    const old = { status: 'deleting', migrationStatus: 'deleting' } as const;
    expect(refusals(cloud(old))).toEqual(['conflict in-progress']);
  });

  test('an operation that owns the status is not disturbed', () => {
    const deleting = operationRecord({
      action: 'volume.delete',
    });
    const world = { ...cloud({ status: 'deleting' }), operation: new Map([[deleting.id, deleting]]) };
    expect(refusals(world)).toEqual(['conflict in-progress']);
  });
});

describe('the input', () => {
  test('names somebody', () => {
    expect(refusals(cloud({}), { mountpoint: '/dev/vdc' })).toEqual(['invalid nobody-named']);
    expect(refusals(cloud({}), { mountpoint: '/dev/vdc', hostName: 'cmp-9' })).toEqual([]);
  });

  test.each<[Input, string[]]>([
    [{ ...input, mode: 'ro' }, []],
    [{ ...input, mode: 'rw' }, ['invalid read-only']],
    [input, ['invalid read-only']],
  ])('on a read-only volume: %o', (given, expected) => {
    expect(refusals(cloud({ readonly: true }), given)).toEqual(expected);
  });

  test('agrees with the mode of a volume that is attaching', () => {
    const world = cloud(
      { status: 'attaching', multiattach: true },
      attachmentRecord({ ...bare, instanceId: 'server-2', mode: 'ro', multiattach: true }),
    );
    expect(refusals(world, { ...input, mode: 'rw' })).toEqual(['invalid another-mode']);
    expect(refusals(world, { ...input, mode: 'ro' })).toEqual([]);
  });
});

describe('what is recorded', () => {
  test('an attachment without a connection, and a volume in use', () => {
    const world = marked(cloud({ status: 'attaching' }), { ...input, hostName: 'cmp-9' });
    expect(world.attachment.get('fresh-1')).toEqual(
      attachmentRecord({
        ...bare,
        id: 'fresh-1',
        instanceId: 'server-1',
        attachedHost: 'cmp-9',
        mountpoint: '/dev/vdc',
      }),
    );
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
  });

  test.each<[string, Partial<AttachmentRecord>, Input]>([
    ['server', { instanceId: 'server-1' }, input],
    ['host', { instanceId: null, attachedHost: 'cmp-9' }, { mountpoint: '/dev/vdc', hostName: 'cmp-9' }],
  ])('nothing new where the same %s has it', (_case, there, given) => {
    const mine = attachmentRecord({ ...bare, ...there });
    expect(refusals(cloud({ status: 'in-use' }, mine), given)).toEqual(['invalid in-use']);
    const world = marked(cloud({ status: 'detaching' }, mine), given);
    expect([...world.attachment.keys()]).toEqual(['attachment-1']);
    expect(world.volume.get('volume-1')).toMatchObject({ status: 'in-use', attachStatus: 'attached' });
  });
});
