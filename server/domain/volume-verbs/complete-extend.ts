/**
 * Whoever resized an attached volume on behalf of storage says how it went.
 */
import { update } from '../engine/change';
import { defineVerb } from '../engine/verb';
import { type OperationRecord, ownerOf, rowOf, type World } from '../engine/world';
import { grown } from './extend-volume';
import { advice, statusRemedy } from './volume-remedy';
import { statusRule, type VolumeRule, volumeOf } from './volume-rules';
import { commandOf, shellWord, volumeAction } from './volume-words';
import { carriedNumber } from './volume-work';

const SOURCE = 'cinder volume/api.py, extend_volume_completion';

/** @returns the extend that waits for hosts to resize the volume; null where none does */
function waitingExtend(world: World, volumeId: string): OperationRecord | null {
  const owner = ownerOf(world, volumeId);
  return owner?.action === 'volume.extend' && owner.phase === 'complete' ? owner : null;
}

/** Upstream keeps the new size and the reservations with the volume; here the running extend has both. */
const waitingRule: VolumeRule = {
  id: 'nothing-to-complete',
  code: 'invalid',
  source: `${SOURCE}: extend_new_size, extend_reservations`,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.status !== 'extending' || waitingExtend(ask.world, volume.id) !== null) return null;
    return {
      message: `No extend of volume ${volume.name} waits for a host to resize it.`,
      remedy:
        ownerOf(ask.world, volume.id) === null
          ? statusRemedy(ask, volume)
          : advice('Storage extends it by itself: wait for that.'),
    };
  },
};

const largerRule: VolumeRule = {
  id: 'not-larger',
  code: 'invalid',
  source: `${SOURCE}: the stored size must be greater`,
  test: (ask) => {
    const volume = volumeOf(ask);
    const waiting = waitingExtend(ask.world, volume.id);
    if (waiting === null) return null;
    const sizeGib = carriedNumber({ operation: waiting }, 'sizeGib');
    if (sizeGib > volume.sizeGib) return null;
    return {
      message: `Volume ${volume.name} has ${volume.sizeGib} GiB, no less than the ${sizeGib} GiB it waits for.`,
      remedy: advice('Say that the extend has failed; then its status can be set.'),
    };
  },
};

export const completeExtend = defineVerb({
  name: 'volume.complete-extend',
  noun: 'volume',
  fields: {
    error: { kind: 'flag', label: 'It failed', hint: 'The volume becomes error_extending.', optional: true },
  },
  life: { from: ['extending'], during: null, done: 'in-use', failed: 'error_extending' },
  rules: [
    statusRule(['extending'], { doing: 'completing an extend', source: SOURCE }),
    waitingRule,
    largerRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const operation = rowOf(ask.world, 'operation', waitingExtend(ask.world, volume.id)?.id ?? '');
    const sizeGib = carriedNumber({ operation }, 'sizeGib');
    const failed = ask.input.error === true;
    return {
      changes: [
        failed
          ? update('volume', volume.id, { status: 'error_extending' })
          : grown(ask.world, volume, sizeGib),
      ],
      subject: { volumeId: volume.id },
      job: null,
      // With it goes what it has reserved: the size itself counts from now on.
      relieves: [volume.id],
      message: failed ? `${volume.name} could not be extended` : `${volume.name} has ${sizeGib} GiB`,
    };
  },
  steps: (ask) => {
    const volume = volumeOf(ask);
    return ask.input.error === true
      ? [`Volume ${volume.name} becomes error_extending and keeps its size; the quota is given back.`]
      : [`Volume ${volume.name} has its new size, and is again what its attachments say.`];
  },
  spoken: (ask) => {
    const body = { 'os-extend_volume_completion': { error: ask.input.error ?? false } };
    // No client has a command for what only services ask for.
    const command = commandOf(
      'curl -H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json"',
      '-H "OpenStack-API-Version: volume 3.71"',
      `-d ${shellWord(JSON.stringify(body))} "$VOLUME_ENDPOINT/volumes/${ask.id}/action"`,
    );
    return volumeAction(ask, command, body);
  },
});
