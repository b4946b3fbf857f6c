/**
 * Every action × every status of a volume, from the table of Cinder's behaviour (volume/api.py and its callers). The
 * words are by hand: `-` refused as invalid, `x` refused as a conflict, `+` accepted.
 */
import { describe, expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { ask, attachmentRecord, snapshotRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import { admin } from '../sound-facts';
import type { VolumeStatus } from '../volume';
import { VOLUME_ACTION_VERBS } from './volume-actions';

type Name = keyof typeof VOLUME_ACTION_VERBS;

const COLUMNS: readonly (readonly [Name, Input])[] = [
  ['volume.extend', { sizeGib: 20 }],
  ['volume.revert', { snapshotId: 'snapshot-1' }],
  ['volume.set-metadata', { metadata: { a: 'b' } }],
  ['volume.unset-metadata', { names: ['purpose'] }],
  ['volume.set-image-metadata', { metadata: { a: 'b' } }],
  ['volume.unset-image-metadata', { names: ['os_type'] }],
  ['volume.unmanage', {}],
  ['volume.update', { name: 'other' }],
  ['volume.set-bootable', { bootable: true }],
  ['volume.upload-to-image', { imageName: 'golden' }],
  ['volume.set-readonly', { readonly: true }],
  ['volume.reimage', { imageId: 'image-1' }],
  ['volume.reset-status', { status: 'error' }],
  ['volume.complete-extend', {}],
];

/** One letter a column, in their order. */
const TABLE: Record<Exclude<VolumeStatus, 'deleted'>, string> = {
  //                      extend revert md md-  imd imd- unman update boot upload ro reimage reset complete
  creating: /*         */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  available: /*        */ '+     +      +  +    +   +    +     +      +    +      +  +       +     -',
  reserved: /*         */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  attaching: /*        */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  'in-use': /*         */ '+     x      +  +    +   +    -     +      +    -      -  -       +     -',
  detaching: /*        */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  maintenance: /*      */ '-     x      -  -    -   -    -     -      -    -      -  -       +     -',
  deleting: /*         */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  error: /*            */ '-     x      +  +    +   +    +     +      +    -      -  +       +     -',
  error_deleting: /*   */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  error_extending: /*  */ '-     x      +  +    +   +    +     +      +    -      -  -       +     -',
  error_restoring: /*  */ '-     x      +  +    +   +    +     +      +    -      -  -       +     -',
  'error_backing-up': /**/ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  error_managing: /*   */ '-     x      +  +    +   +    +     +      +    -      -  -       +     -',
  managing: /*         */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  'restoring-backup': /**/ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  'backing-up': /*     */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  'awaiting-transfer': /**/ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  downloading: /*      */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  uploading: /*        */ '-     x      -  -    -   -    -     +      +    -      -  -       +     -',
  retyping: /*         */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  // An extend completion needs an extend that waits for it, which is not here: complete-extend.test.ts.
  extending: /*        */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  reverting: /*        */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  unmanaging: /*       */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  error_unmanaging: /* */ '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
  error_managing_deleting: '-     x      +  +    +   +    -     +      +    -      -  -       +     -',
};

function verdict(name: Name, input: Input, status: VolumeStatus): string {
  const attached = status === 'in-use';
  const world = soundWorld({
    volume: [
      volumeRecord({
        status,
        attachStatus: attached ? 'attached' : 'detached',
        metadata: { purpose: 'data' },
        imageMetadata: { os_type: 'linux', image_id: 'image-1' },
      }),
    ],
    attachment: attached ? [attachmentRecord()] : [],
    snapshot: name === 'volume.revert' ? [snapshotRecord()] : [],
  });
  const decision = decideVerb(VOLUME_ACTION_VERBS[name], ask(world, 'volume-1', input, { actor: admin }));
  if (decision.allowed) return '+';
  return decision.refusals[0].code === 'conflict' ? 'x' : '-';
}

const cells = Object.entries(TABLE).flatMap(([status, row]) =>
  row.split(/\s+/).map((expected, column) => ({ status: status as VolumeStatus, column, expected })),
);

describe('which action is accepted in which status', () => {
  test.each(cells)('$status, column $column: $expected', ({ status, column, expected }) => {
    const [name, input] = COLUMNS[column] ?? ['volume.update', {}];
    expect([name, status, verdict(name, input, status)]).toEqual([name, status, expected]);
  });
});

describe('statuses that depend on what is asked for', () => {
  test.each([
    ['a reserved volume, while it is reserved', 'reserved', { reimageReserved: true }, '+'],
    ['an available one all the same', 'available', { reimageReserved: true }, '+'],
    ['not one in use', 'in-use', { reimageReserved: true }, '-'],
  ] as const)('reimaging %s', (_, status, input, expected) => {
    expect(verdict('volume.reimage', { imageId: 'image-1', ...input }, status)).toBe(expected);
  });

  test('uploading by force is nothing where the operator does not let volumes in use be uploaded', () => {
    expect(verdict('volume.upload-to-image', { imageName: 'golden', force: true }, 'in-use')).toBe('-');
  });
});
