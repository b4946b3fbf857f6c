/**
 * How a new volume comes to be: storage makes it, then the image, if any, is written on it.
 */
import { update } from '../engine/change';
import type { Phase, Step, Work } from '../engine/verb';
import type { Strings } from '../engine/world';
import { overtaken, volumeOfWork } from '../volume-verbs/volume-work';

/** Statuses that the creation alone ends. */
const OURS = ['creating', 'downloading'];

const NOWHERE =
  'No storage pool can take it: none is in service with enough room and what its type asks for.';

const build: Phase = {
  tasks: (work) => {
    const volume = volumeOfWork(work);
    if (volume === null || volume.pool === null) return [];
    const { sizeGib, pool, snapshotId, sourceVolumeId } = volume;
    return [
      { call: 'createVolume', volumeId: volume.id, args: { sizeGib, pool, snapshotId, sourceVolumeId } },
    ];
  },
  done: (work) => {
    const volume = volumeOfWork(work);
    if (volume === null || volume.status !== 'creating') return overtaken(work);
    if (volume.pool === null) return failed(work, NOWHERE);
    if (work.operation.carry.imageId === undefined) return made(work);
    return {
      changes: [update('volume', volume.id, { status: 'downloading' })],
      message: 'Storage has made the volume; the image is written on it.',
      outcome: 'running',
      next: 'copy',
    };
  },
  failed,
};

const copy: Phase = {
  tasks: (work) => {
    const { imageId } = work.operation.carry;
    const volume = volumeOfWork(work);
    if (volume === null || imageId === undefined) return [];
    return [{ call: 'reimageVolume', volumeId: volume.id, args: { imageId } }];
  },
  done: made,
  failed,
};

/** A volume that was reserved while its image was written on it stays reserved. */
function made(work: Work): Step {
  const volume = volumeOfWork(work);
  if (volume === null) return overtaken(work);
  const ours = OURS.includes(volume.status);
  if (!ours && work.operation.carry.imageId === undefined) return overtaken(work);
  const { imageMetadata } = work.operation.carry;
  return {
    changes: [
      update('volume', volume.id, {
        ...(ours ? { status: 'available' } : {}),
        ...(imageMetadata === undefined ? {} : { bootable: true, imageMetadata: imageMetadata as Strings }),
      }),
    ],
    message: `Volume ${volume.name} is made.`,
    outcome: 'succeeded',
  };
}

/** It stays, in error and counted, until somebody deletes it (cinder volume/flows/manager/create_volume.py). */
function failed(work: Work, reason: string): Step {
  const volume = volumeOfWork(work);
  const changes =
    volume !== null && OURS.includes(volume.status) ? [update('volume', volume.id, { status: 'error' })] : [];
  return { changes, message: 'The volume could not be made.', outcome: 'failed', reason };
}

export const CREATE_PHASES = { build, copy };
