/**
 * The data of a volume is replaced by an image.
 */
import { type Change, update } from '../engine/change';
import { defineVerb, type Phase, type Work } from '../engine/verb';
import { rowOf, type Strings, type VolumeRecord } from '../engine/world';
import { imageMetadataOf } from '../volume-life/create-source';
import { REIMAGE_IMAGE_RULES, REIMAGE_RULES, reimageStatuses } from './reimage-rules';
import { notInHandsRule, statusRule, volumeOf } from './volume-rules';
import { volumeAction } from './volume-words';
import { carriedText, overtaken, ownVolume, statusBefore, volumeOfWork } from './volume-work';

const ABOUT = { doing: 'reimaging', source: 'cinder volume/api.py, reimage' };

/** What is on the volume by now, whatever its status says. */
function newData({ operation }: Work): Pick<VolumeRecord, 'bootable' | 'imageMetadata'> {
  return { bootable: true, imageMetadata: operation.carry.imageMetadata as Strings };
}

const act: Phase = {
  tasks: (work) => [
    {
      call: 'reimageVolume',
      volumeId: work.operation.subject.volumeId ?? '',
      args: { imageId: carriedText(work, 'imageId') },
    },
  ],
  done: (work) => {
    const volume = ownVolume(work, 'downloading');
    const there = volumeOfWork(work);
    if (volume === null) {
      const kept: Change[] = there === null ? [] : [update('volume', there.id, newData(work))];
      // A reservation may have come meanwhile: it waits for just this.
      if (there?.status !== 'reserved') return overtaken(work, kept);
      return {
        changes: kept,
        message: `${there.name} has its image, and stays reserved`,
        outcome: 'succeeded',
      };
    }
    const status = statusBefore(work.world, volume);
    return {
      changes: [update('volume', volume.id, { ...newData(work), status, previousStatus: null })],
      message: `${volume.name} has its image, and is ${status} again`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const volume = ownVolume(work, 'downloading');
    if (volume === null) return overtaken(work);
    return {
      changes: [update('volume', volume.id, { status: 'error', previousStatus: 'downloading' })],
      message: `${volume.name} could not be reimaged`,
      outcome: 'failed',
      reason,
    };
  },
};

export const reimageVolume = defineVerb({
  name: 'volume.reimage',
  noun: 'volume',
  fields: {
    imageId: { kind: 'pick', of: 'image', label: 'Image' },
    reimageReserved: {
      kind: 'flag',
      label: 'Also while it is reserved',
      hint: 'For a server that is being rebuilt.',
      optional: true,
    },
  },
  confirm: (ask) => volumeOf(ask).name,
  life: { from: ['available', 'error', 'reserved'], during: 'downloading', done: '=', failed: 'error' },
  roots: ({ input }) => (input.imageId === undefined ? {} : { images: [input.imageId] }),
  rules: [
    ...REIMAGE_RULES,
    statusRule(reimageStatuses, ABOUT),
    notInHandsRule(ABOUT),
    ...REIMAGE_IMAGE_RULES,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const image = rowOf(ask.world, 'image', ask.input.imageId);
    return {
      changes: [update('volume', volume.id, { status: 'downloading', previousStatus: volume.status })],
      subject: { volumeId: volume.id },
      job: {
        phase: 'act',
        owns: volume.id,
        carry: { imageId: image.id, imageMetadata: imageMetadataOf(image) },
      },
      message: `${volume.name} is to hold image ${image.name}`,
    };
  },
  phases: { act },
  steps: (ask) => {
    const volume = volumeOf(ask);
    const image = ask.world.image.get(ask.input.imageId ?? '')?.name ?? 'the image';
    return [
      `Volume ${volume.name} becomes downloading, and ${image} is written over its data.`,
      `Then it is ${volume.status} again, bootable, and its image metadata is that of ${image}.`,
    ];
  },
  warnings: (ask) => [`Everything on ${volumeOf(ask).name} is lost.`],
  onFailure: 'The volume becomes error: part of its data has been overwritten.',
  spoken: (ask) => {
    const { imageId = '', reimageReserved } = ask.input;
    const reserved = reimageReserved === true ? ' --reimage-reserved True' : '';
    return volumeAction(ask, `cinder --os-volume-api-version 3.68 reimage${reserved} ${ask.id} ${imageId}`, {
      'os-reimage': {
        image_id: imageId,
        ...(reimageReserved === undefined ? {} : { reimage_reserved: reimageReserved }),
      },
    });
  },
});
