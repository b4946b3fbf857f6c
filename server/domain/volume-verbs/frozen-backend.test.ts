/**
 * A frozen backend stays as it is: nothing on it is deleted, and no snapshot is made there. Everything else goes on.
 * Expectations from cinder volume/api.py: delete, create_snapshot_in_db and delete_snapshot ask for it; nothing else does.
 */
import { expect, test } from 'vitest';
import { decideVerb } from '../engine/decide';
import { ask, poolRecord, snapshotRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import { admin } from '../sound-facts';
import { VERBS } from '../verbs';

const frozen = soundWorld({
  pool: [poolRecord({ frozen: true, usable: false })],
  snapshot: [snapshotRecord({ id: 'snapshot-2', volumeId: 'volume-2' })],
  volume: [volumeRecord(), volumeRecord({ id: 'volume-2' })],
});

function refused(action: keyof typeof VERBS, id: string, input = {}) {
  const decision = decideVerb(VERBS[action], ask(frozen, id, input, { actor: admin }));
  return decision.allowed ? [] : decision.refusals.map(({ rule, code }) => [rule, code]);
}

test.each([
  ['volume.delete', 'volume-1'],
  ['volume.force-delete', 'volume-1'],
  ['snapshot.create', 'volume-1'],
  ['snapshot.delete', 'snapshot-2'],
  ['snapshot.force-delete', 'snapshot-2'],
] as const)('%s is refused', (action, id) => {
  expect(refused(action, id)).toEqual([[`${action}.backend-frozen`, 'invalid']]);
});

test.each([
  ['volume.unmanage', {}],
  ['volume.extend', { sizeGib: 20 }],
  ['volume.set-readonly', { readonly: true }],
  ['attachment.create', {}],
] as const)('%s goes on', (action, input) => {
  expect(refused(action, 'volume-1', input)).toEqual([]);
});

test('who is refused learns which backend it is, and who can thaw it', () => {
  const decision = decideVerb(VERBS['volume.delete'], ask(frozen, 'volume-1', {}));
  expect(decision.allowed ? [] : decision.refusals).toEqual([
    {
      rule: 'volume.delete.backend-frozen',
      code: 'invalid',
      message: 'Backend stor-1@lvm is frozen; deleting needs one that is not.',
      remedy: {
        kind: 'advice',
        text: 'Wait until an administrator has thawed backend stor-1@lvm.',
        command: 'cinder thaw-host stor-1@lvm',
      },
    },
  ]);
});

test('a volume that is on no backend goes all the same', () => {
  const world = soundWorld({
    pool: [poolRecord({ frozen: true })],
    volume: [volumeRecord({ status: 'error', pool: null })],
    snapshot: [],
    attachment: [],
  });
  expect(decideVerb(VERBS['volume.delete'], ask(world, 'volume-1', {})).allowed).toBe(true);
});
