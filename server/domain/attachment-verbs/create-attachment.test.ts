import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { accepted, play } from '../engine/play-verb';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { AttachmentRecord, VolumeRecord, World } from '../engine/world';
import { member, reader } from '../sound-facts';
import { VOLUME_STATUSES, type VolumeStatus } from '../volume';
import { createAttachment } from './create-attachment';

const connector = { sealed: 'sealed connector', host: 'cmp-9' };
const answers = { answer: () => 'sealed info' };

function cloud(volume: Partial<VolumeRecord>, attachment: AttachmentRecord[] = []): World {
  return soundWorld({ volume: [volumeRecord(volume)], attachment });
}

function refusals(world: World, input: Input = {}, actor = member): string[] {
  const decision = decideVerb(createAttachment, ask(world, 'volume-1', input, { actor }));
  return decision.allowed
    ? []
    : decision.refusals.map(({ code, rule }) => `${code} ${rule.replace('attachment.create.', '')}`);
}

function made(world: World): AttachmentRecord | undefined {
  return world.attachment.get('fresh-1');
}

function statesOf(world: World) {
  const volume = world.volume.get('volume-1');
  return [made(world)?.attachStatus ?? null, volume?.status, volume?.attachStatus];
}

/** Spelled out: everything that is not listed refuses. */
const SINGLE: VolumeStatus[] = ['available', 'downloading'];
const MULTI: VolumeStatus[] = ['available', 'in-use', 'downloading'];
const IN_ERROR: VolumeStatus[] = [
  'error',
  'error_deleting',
  'error_extending',
  'error_restoring',
  'error_backing-up',
  'error_managing',
  'error_unmanaging',
  'error_managing_deleting',
];

describe('statuses', () => {
  test.each(VOLUME_STATUSES)('%s', (status) => {
    const expected = (allowed: VolumeStatus[]) => [
      ...(IN_ERROR.includes(status) ? ['invalid volume-in-error'] : []),
      ...(allowed.includes(status) ? [] : ['invalid volume-status']),
    ];
    expect(refusals(cloud({ status }))).toEqual(expected(SINGLE));
    expect(refusals(cloud({ status, multiattach: true }))).toEqual(expected(MULTI));
  });

  test.each<[VolumeStatus, boolean]>([
    ['in-use', true],
    ['reserved', true],
    ['attaching', false],
    ['detaching', false],
    ['maintenance', false],
  ])('for the server that has it already, while it is %s', (status, allowed) => {
    const world = cloud({ status }, [attachmentRecord()]);
    expect(refusals(world, { instanceId: 'server-1' })).toEqual(allowed ? [] : ['invalid volume-status']);
    if (!allowed) return;
    const { world: after } = accepted(createAttachment, ask(world, 'volume-1', { instanceId: 'server-1' }));
    expect(statesOf(after)).toEqual(['reserved', status, 'detached']);
  });

  test('a multiattach volume that is reserved for one server is nobody else’s until that has ended', () => {
    const held = attachmentRecord({ multiattach: true, attachStatus: 'reserved' });
    const world = cloud({ status: 'reserved', multiattach: true }, [held]);
    expect(refusals(world, { instanceId: 'server-2' })).toEqual(['invalid volume-status']);
    expect(refusals(world, { instanceId: 'server-1' })).toEqual([]);
    expect(refusals(world)).toEqual(['invalid volume-status']);
  });

  test('the same server may reserve a multiattach volume twice', () => {
    const world = cloud({ status: 'in-use', multiattach: true }, [attachmentRecord({ multiattach: true })]);
    const { world: after } = accepted(createAttachment, ask(world, 'volume-1', { instanceId: 'server-1' }));
    expect(statesOf(after)).toEqual(['reserved', 'reserved', 'detached']);
  });

  test('what an operator has set to available is still held', () => {
    const world = cloud({ status: 'available' }, [attachmentRecord({ attachStatus: 'error_attaching' })]);
    expect(refusals(world, { instanceId: 'server-2' })).toEqual(['invalid held']);
    expect(refusals(world)).toEqual(['invalid held']);
    expect(refusals(world, { instanceId: 'server-1' })).toEqual([]);
  });
});

test('what a volume is being copied to is nobody’s to attach', () => {
  expect(refusals(cloud({ migrationStatus: 'target:volume-9' }))).toEqual(['invalid migration-target']);
  expect(refusals(cloud({ migrationStatus: 'migrating' }))).toEqual([]);
});

describe('who may', () => {
  test('a reader may not, and hears it first', () => {
    expect(refusals(cloud({ status: 'error' }), {}, reader)[0]).toMatch(
      /^forbidden policy\.volume:attachment_create/,
    );
  });

  test.each<[Partial<VolumeRecord>, string[]]>([
    [
      { status: 'in-use', multiattach: true, bootable: true },
      ['forbidden policy.volume:multiattach_bootable_volume'],
    ],
    [{ status: 'available', multiattach: true, bootable: true }, []],
    [{ status: 'in-use', multiattach: true, bootable: false }, []],
    [{ status: 'in-use', multiattach: false, bootable: true }, ['invalid volume-status']],
  ])('a second server on a boot volume: %o', (volume, expected) => {
    const actor = { ...member, policy: { 'volume:multiattach_bootable_volume': 'admin' } as const };
    expect(refusals(cloud(volume), {}, actor)).toEqual(expected);
  });
});

describe('the mode', () => {
  test.each<[string, Partial<VolumeRecord>, Input, AttachmentRecord['mode']]>([
    ['nothing said, reserved only', {}, {}, null],
    ['asked for', {}, { mode: 'ro' }, 'ro'],
    ['read-only volume', { readonly: true }, {}, 'ro'],
    ['read-only volume, against what is asked', { readonly: true }, { mode: 'rw' }, 'ro'],
    ['nothing said, connected', {}, { connector }, null],
    ['nothing said but by the connector', {}, { connector: { ...connector, mode: 'rw' } }, null],
    ['of the connector', {}, { connector: { ...connector, mode: 'ro' } }, 'ro'],
    ['asked for, against the connector', {}, { mode: 'rw', connector: { ...connector, mode: 'ro' } }, 'rw'],
    [
      'read-only volume, against both',
      { readonly: true },
      { mode: 'rw', connector: { ...connector, mode: 'rw' } },
      'ro',
    ],
  ])('%s', (_case, volume, input, mode) => {
    const { world } = accepted(createAttachment, ask(cloud(volume), 'volume-1', input));
    expect(made(world)?.mode).toBe(mode);
  });
});

describe('reserving and connecting', () => {
  test('a reservation is a record and a status, and nothing else', () => {
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { instanceId: 'bare-metal' }));
    expect(played.tasks).toEqual([]);
    expect(statesOf(played.world)).toEqual(['reserved', 'reserved', 'detached']);
    expect(made(played.world)).toMatchObject({ instanceId: 'bare-metal', serverId: null, connector: null });
  });

  test('with a connector storage exports it', () => {
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { connector }), answers);
    expect(played.tasks).toEqual([{ call: 'initializeConnection', attachmentId: 'fresh-1' }]);
    expect(statesOf(played.world)).toEqual(['attaching', 'attaching', 'attaching']);
    expect(made(played.world)).toMatchObject({
      connector: 'sealed connector',
      connectionInfo: 'sealed info',
      attachedHost: 'cmp-9',
    });
  });

  test('for the server that has it, the volume is attaching although another attachment is attached', () => {
    const world = cloud({ status: 'in-use', attachStatus: 'attached' }, [attachmentRecord()]);
    const input = { connector, instanceId: 'server-1' };
    const played = play(createAttachment, ask(world, 'volume-1', input), answers);
    expect(statesOf(played.world)).toEqual(['attaching', 'attaching', 'attaching']);
  });

  test('storage refuses: both stay reserved, without a trace of the connector', () => {
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { connector }), {
      fails: (task) => task.call === 'initializeConnection',
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      reason: 'storage said no',
      phases: ['connect', 'roll-back'],
    });
    expect(played.tasks.map((task) => task.call)).toEqual(['initializeConnection', 'terminateConnection']);
    expect(statesOf(played.world)).toEqual(['reserved', 'reserved', 'detached']);
    expect(made(played.world)).toMatchObject({
      connector: null,
      connectionInfo: null,
      attachedHost: null,
      mode: null,
    });
  });

  test('storage does not take it back either: nobody gets it before a person has looked', () => {
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { connector }), { fails: () => true });
    expect(played).toMatchObject({
      outcome: 'failed',
      reason: 'storage said no The way back failed as well: storage said no',
    });
    expect(statesOf(played.world)).toEqual(['error_attaching', 'error', 'detached']);
    expect(made(played.world)?.connector).toBe('sealed connector');
  });

  test('an operator has set an error meanwhile: it is undone, and his word stands', () => {
    const meanwhile = (world: World, phase: string): World =>
      phase === 'connect'
        ? { ...world, volume: new Map([['volume-1', volumeRecord({ status: 'error' })]]) }
        : world;
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { connector }), {
      ...answers,
      meanwhile,
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Volume data-1 is error by now.',
    });
    expect(statesOf(played.world)).toEqual(['reserved', 'error', 'detached']);
  });

  test('the attachment is gone meanwhile: nothing is written', () => {
    const meanwhile = (world: World): World => ({ ...world, attachment: new Map() });
    const played = play(createAttachment, ask(cloud({}), 'volume-1', { connector }), {
      ...answers,
      meanwhile,
    });
    expect(played).toMatchObject({
      outcome: 'failed',
      cause: 'overtaken',
      reason: 'Attachment fresh-1 is gone.',
    });
  });

  test('a connector without a host is none', () => {
    expect(refusals(cloud({}), { connector: { sealed: 'x' } })).toEqual(['invalid connector-without-host']);
  });
});

test('a remedy names who holds it', () => {
  const rows: Rows = { volume: [volumeRecord({ status: 'in-use' })], attachment: [attachmentRecord()] };
  const decision = decideVerb(
    createAttachment,
    ask(soundWorld(rows), 'volume-1', { instanceId: 'server-2' }),
  );
  expect(decision).toMatchObject({
    allowed: false,
    refusals: [
      {
        message:
          'Volume data-1 is in-use; reserving it needs available or downloading, or the server that has it already.',
        remedy: { action: 'volume.detach', args: { volumeId: 'volume-1', serverId: 'server-1' } },
      },
      { rule: 'attachment.create.held' },
    ],
  });
});
