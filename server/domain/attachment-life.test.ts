/**
 * What a volume is once an attachment has gone, in each direction.
 */
import { describe, expect, it } from 'vitest';
import { type AttachStatus, impliedVolumeState } from './attachment';
import {
  type VolumeStatePair,
  volumeAfterAttachRollBack,
  volumeAfterDetach,
  volumeAfterDetachRollBack,
  volumeAfterFailedRollBack,
} from './attachment-life';
import type { VolumeFacts, VolumeStatus } from './volume';

type Others = (AttachStatus | null)[];
type State = Pick<VolumeFacts, 'status' | 'attachStatus' | 'migrationStatus'>;

const available = { status: 'available', attachStatus: 'detached' } as const;
const reserved = { status: 'reserved', attachStatus: 'reserved' } as const;
const attaching = { status: 'attaching', attachStatus: 'attaching' } as const;
const inUse = { status: 'in-use', attachStatus: 'attached' } as const;

function now(state: VolumeStatePair, migrationStatus: State['migrationStatus'] = null): State {
  return { ...state, migrationStatus };
}

/** Remaining live rows, and the volume they make (Cinder's recompute). */
const IMPLIED: [Others, VolumeStatePair][] = [
  [[], available],
  [['error_attaching'], available],
  [['error_detaching', 'error_attaching'], available],
  [['detached'], available],
  // Known to the compute side only: the storage side knows nothing of it.
  [[null], available],
  [['reserved'], reserved],
  [['reserved', 'error_detaching'], reserved],
  [['attaching'], attaching],
  [['reserved', 'attaching'], attaching],
  [['attached'], inUse],
  [['reserved', 'attached', 'attaching', 'error_attaching', null], inUse],
];

describe('the volume its attachments imply', () => {
  it.each(IMPLIED)('%j', (live, implied) => {
    expect(impliedVolumeState(live)).toEqual(implied);
    expect(impliedVolumeState([...live].reverse())).toEqual(implied);
  });
});

const detaching = { status: 'detaching', attachStatus: 'attached' } as const;

/** The volume as it is, who stays, the volume afterwards. */
const AFTER_DETACH: [string, State, Others, VolumeStatePair][] = [
  ['the last one', now(detaching), [], available],
  ['another server has it', now(detaching), ['attached'], inUse],
  ['another is attaching it', now(detaching), ['attaching'], attaching],
  ['a reservation stays', now(detaching), ['reserved'], reserved],
  ['only a failed one stays', now(detaching), ['error_detaching'], available],
  // Deletion recomputes whatever the status said …
  ['the volume is in error', now({ ...inUse, status: 'error' }), [], available],
  ['the volume is being extended', now({ ...inUse, status: 'extending' }), [], available],
  // … unless a migration or an upload owns it.
  ['migrating', now(inUse, 'migrating'), [], { ...inUse, attachStatus: 'detached' }],
  [
    'in maintenance for a migration',
    now({ ...inUse, status: 'maintenance' }, 'starting'),
    [],
    { status: 'maintenance', attachStatus: 'detached' },
  ],
  ['target of a migration', now(inUse, 'target:volume-9'), [], { ...inUse, attachStatus: 'detached' }],
  ['migration ended', now(inUse, 'success'), [], available],
  ['migration failed', now(inUse, 'error'), [], available],
  ['source of a migration, being deleted', now(inUse, 'deleting'), [], available],
  [
    'uploading',
    now({ ...inUse, status: 'uploading' }),
    [],
    { status: 'uploading', attachStatus: 'detached' },
  ],
  ['uploading, others stay', now({ ...inUse, status: 'uploading' }), ['attached'], inUse],
  // A migration that began meanwhile does not own what the detach itself has set.
  ['detaching, and migrating by now', now(detaching, 'migrating'), [], available],
  // … nor what an attachment has set that has never come to be.
  ['attaching, and migrating by now', now(attaching, 'migrating'), [], available],
  ['reserved, and migrating by now', now(reserved, 'starting'), [], available],
];

describe('after a detach', () => {
  it.each(AFTER_DETACH)('%s', (_, volume, others, after) => {
    expect(volumeAfterDetach(volume, others)).toEqual(after);
  });
});

const held = { status: 'reserved', attachStatus: 'detached' } as const;
const shared = { status: 'reserved', attachStatus: 'attached' } as const;
const downloading = { status: 'downloading', attachStatus: 'detached' } as const;

/** The volume as it is, as it was before the attach, who stays, the volume afterwards. */
const AFTER_ATTACH_ROLL_BACK: [string, State, VolumeStatePair, Others, VolumeStatePair][] = [
  ['reserved, was available', now(held), available, [], available],
  ['attaching, was available', now(attaching), available, [], available],
  ['reserved, its image still comes', now(held), downloading, [], downloading],
  ['attaching, its image still comes', now(attaching), downloading, [], downloading],
  ['reserved, others have it', now(shared), inUse, ['attached'], inUse],
  ['attaching, others have it', now(attaching), inUse, ['attached'], inUse],
  // It was reserved for this very server before: exactly that it is again.
  ['reserved before', now(held), held, ['reserved'], held],
  ['attaching, reserved before', now(attaching), held, ['reserved'], held],
  // Others have changed meanwhile.
  ['the other server let it go meanwhile', now(attaching), inUse, [], available],
  ['the reservation has gone meanwhile', now(attaching), held, [], available],
  ['another one came meanwhile', now(attaching), available, ['attached'], inUse],
  ['downloading, but a reservation came', now(attaching), downloading, ['reserved'], reserved],
  // Somebody has set the status: that stays.
  [
    'set to error meanwhile',
    now({ ...attaching, status: 'error' }),
    available,
    [],
    { ...attaching, status: 'error' },
  ],
  ['set to available meanwhile', now(available), downloading, [], available],
  [
    'set to maintenance meanwhile',
    now({ ...held, status: 'maintenance' }),
    available,
    [],
    { ...held, status: 'maintenance' },
  ],
];

describe('after an attach was rolled back', () => {
  it.each(AFTER_ATTACH_ROLL_BACK)('%s', (_, volume, before, others, after) => {
    expect(volumeAfterAttachRollBack(volume, before, others)).toEqual(after);
  });
});

describe('after a detach was rolled back', () => {
  it.each<[VolumeStatus, VolumeStatus]>([
    ['detaching', 'in-use'],
    // Somebody has set the status meanwhile.
    ['available', 'available'],
    ['error', 'error'],
    ['in-use', 'in-use'],
    ['maintenance', 'maintenance'],
  ])('%s becomes %s', (status, after) => {
    const volume = now({ status, attachStatus: 'attached' });
    expect(volumeAfterDetachRollBack(volume)).toEqual({ status: after, attachStatus: 'attached' });
  });
});

describe('after the way back failed', () => {
  const error = { status: 'error', attachStatus: 'detached' };

  it.each<[Others, object]>([
    [[], error],
    [['error_attaching'], error],
    // The others' disks are as good as before.
    [['attached'], inUse],
    [['reserved'], reserved],
  ])('others: %j', (others, after) => {
    expect(volumeAfterFailedRollBack(others)).toEqual(after);
  });
});
