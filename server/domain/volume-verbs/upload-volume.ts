/**
 * A copy of a volume's data becomes an image.
 */
import { type Change, insert, remove, update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Rule, type Work } from '../engine/verb';
import type { ImageRecord } from '../engine/world';
import { advice } from './volume-remedy';
import { notInHandsRule, oneOf, policyRule, statusRule, volumeOf } from './volume-rules';
import { commandOf, shellWord, volumeAction } from './volume-words';
import { carriedText, impliedBy, overtaken, ownVolume, volumeOfWork } from './volume-work';

const ABOUT = { doing: 'uploading it', source: 'cinder volume/api.py, copy_volume_to_image' };
const DISK_FORMATS = ['raw', 'vmdk', 'vdi', 'qcow2', 'vhd', 'vhdx', 'ploop'] as const;
/** Those of the image service (glance common/config.py, container_formats). */
const CONTAINER_FORMATS = ['ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'];
const VISIBILITIES = ['private', 'shared', 'community', 'public'] as const;
const BYTES_PER_GIB = 2 ** 30;

interface Upload {
  imageName: string;
  diskFormat?: (typeof DISK_FORMATS)[number] | undefined;
  containerFormat?: string | undefined;
  visibility?: (typeof VISIBILITIES)[number] | undefined;
  protected?: boolean | undefined;
  force?: boolean | undefined;
}

const encryptedRule: Rule<Upload> = {
  id: 'encrypted-format',
  code: 'invalid',
  source: 'cinder api/contrib/volume_actions.py, _volume_upload_image',
  test: (ask) => {
    const volume = volumeOf(ask);
    const { diskFormat = 'raw', containerFormat = 'bare' } = ask.input;
    if (!volume.encrypted || (diskFormat === 'raw' && containerFormat === 'bare')) return null;
    return {
      message: `Volume ${volume.name} is encrypted, and becomes an image as raw and bare only, not as ${diskFormat} and ${containerFormat}.`,
      remedy: advice('Choose raw and bare.'),
    };
  },
};

const containerRule: Rule<Upload> = {
  id: 'container-format',
  code: 'invalid',
  source: 'cinder api/contrib/volume_actions.py, _volume_upload_image: what the image service says no to',
  test: ({ input: { containerFormat } }) => {
    if (containerFormat === undefined || CONTAINER_FORMATS.includes(containerFormat)) return null;
    return {
      message: `The image service knows no container format ${containerFormat}; it knows ${oneOf(CONTAINER_FORMATS)}.`,
      remedy: advice('Choose bare, unless something has to be wrapped.'),
    };
  },
};

/** @returns whether it may be uploaded while in use: the caller insists, and the operator lets him */
function isForced({ input, settings }: Pick<Ask<object>, 'input' | 'settings'>): boolean {
  return 'force' in input && input.force === true && settings.forceUpload === true;
}

/** Anybody may write these texts. */
function wholeOf(text = ''): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function newImage(ask: Ask<Upload>): ImageRecord {
  const { input } = ask;
  const volume = volumeOf(ask);
  const { min_disk: minDisk, min_ram: minRam, ...rest } = volume.imageMetadata ?? {};
  const known = ['image_id', 'image_name', 'disk_format', 'container_format', 'size'];
  return {
    id: ask.fresh(),
    name: input.imageName,
    owner: ask.actor.projectId,
    status: 'queued',
    visibility: input.visibility ?? 'private',
    diskFormat: input.diskFormat ?? 'raw',
    containerFormat: input.containerFormat ?? 'bare',
    minDiskGib: wholeOf(minDisk),
    minRamMib: wholeOf(minRam),
    sizeBytes: null,
    protected: input.protected ?? false,
    properties: Object.fromEntries(Object.entries(rest).filter(([key]) => !known.includes(key))),
  };
}

/** Back to what the attachments say, after success and failure alike (cinder volume/manager.py, copy_volume_to_image). */
function released(work: Work): Change[] | null {
  const volume = ownVolume(work, 'uploading');
  if (volume === null) return null;
  const { status } = impliedBy(work.world, volume.id);
  return [update('volume', volume.id, { status, previousStatus: null })];
}

function imageThere(work: Work): ImageRecord | null {
  return work.world.image.get(carriedText(work, 'imageId')) ?? null;
}

/** Which bytes the backend has written, where it says so. */
function bytesOf(answer: unknown): number | null {
  if (typeof answer !== 'object' || answer === null || !('sizeBytes' in answer)) return null;
  return typeof answer.sizeBytes === 'number' ? answer.sizeBytes : null;
}

const act: Phase = {
  tasks: (work) => [
    {
      call: 'copyVolumeToImage',
      volumeId: work.operation.subject.volumeId ?? '',
      args: {
        imageId: carriedText(work, 'imageId'),
        diskFormat: carriedText(work, 'diskFormat'),
        containerFormat: carriedText(work, 'containerFormat'),
      },
    },
  ],
  done: (work, [answer]) => {
    const image = imageThere(work);
    const sizeBytes = bytesOf(answer) ?? (volumeOfWork(work)?.sizeGib ?? 0) * BYTES_PER_GIB;
    const active = image === null ? [] : [update('image', image.id, { status: 'active', sizeBytes })];
    const changes = released(work);
    // The image is whole, whatever has become of the volume.
    if (changes === null) return overtaken(work, active);
    if (image === null) {
      const reason = 'The image was deleted meanwhile.';
      return { changes, message: 'The image is gone', outcome: 'failed', cause: 'overtaken', reason };
    }
    return {
      changes: [...changes, ...active],
      message: `Image ${image.name} is active`,
      outcome: 'succeeded',
    };
  },
  failed: (work, reason) => {
    const image = imageThere(work);
    const gone =
      image === null || !['queued', 'saving'].includes(image.status) ? [] : [remove('image', image.id)];
    const changes = released(work);
    if (changes === null) return overtaken(work, gone);
    return {
      changes: [...changes, ...gone],
      message: 'The volume could not be uploaded, and its image is removed',
      outcome: 'failed',
      reason,
    };
  },
};

export const uploadVolume = defineVerb({
  name: 'volume.upload-to-image',
  noun: 'volume',
  fields: {
    imageName: { kind: 'text', label: 'Image name', min: 1, max: 255 },
    diskFormat: { kind: 'choice', label: 'Disk format', options: DISK_FORMATS, optional: true },
    containerFormat: {
      kind: 'text',
      label: 'Container format',
      min: 1,
      max: 255,
      hint: 'Usually bare.',
      optional: true,
    },
    visibility: { kind: 'choice', label: 'Visibility', options: VISIBILITIES, optional: true },
    protected: { kind: 'flag', label: 'Protected', hint: 'It cannot be deleted by mistake.', optional: true },
    force: {
      kind: 'flag',
      label: 'Also while it is in use',
      hint: 'Where the operator allows that; otherwise it makes no difference.',
      optional: true,
    },
  },
  life: { from: ['available', 'in-use'], during: 'uploading', done: '=', failed: '=' },
  rules: [
    encryptedRule,
    policyRule<Upload>('volume_extension:volume_actions:upload_public', {
      id: 'public-policy',
      source: 'cinder api/contrib/volume_actions.py, _volume_upload_image',
      when: ({ input }) => input.visibility === 'public',
    }),
    statusRule((ask) => (isForced(ask) ? ['available', 'in-use'] : ['available']), ABOUT),
    notInHandsRule(ABOUT),
    containerRule,
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const image = newImage(ask);
    const diskFormat = image.diskFormat ?? 'raw';
    const containerFormat = image.containerFormat ?? 'bare';
    return {
      changes: [
        update('volume', volume.id, { status: 'uploading', previousStatus: volume.status }),
        insert('image', image),
      ],
      subject: { volumeId: volume.id },
      // `images` is what the phases want to look at.
      job: {
        phase: 'act',
        owns: volume.id,
        carry: { imageId: image.id, images: [image.id], diskFormat, containerFormat },
      },
      answer: {
        imageId: image.id,
        imageName: image.name,
        diskFormat,
        containerFormat,
        visibility: image.visibility,
        protected: image.protected,
      },
      message: `${volume.name} is to become image ${image.name}`,
    };
  },
  phases: { act },
  initial: (ask) => ({
    imageName: volumeOf(ask).name.slice(0, 255),
    diskFormat: 'raw',
    containerFormat: 'bare',
    visibility: 'private',
  }),
  steps: (ask) => {
    const volume = volumeOf(ask);
    return [
      `Image ${ask.input.imageName ?? ''} is queued, and volume ${volume.name} becomes uploading: nobody can attach it meanwhile.`,
      `Its ${volume.sizeGib} GiB are copied; then the image is active, and the volume what its attachments say.`,
    ];
  },
  warnings: (ask) =>
    volumeOf(ask).status === 'in-use'
      ? ['It is written to while it is copied: the image may hold a state that never was.']
      : [],
  onFailure: 'The volume becomes what it was, and the unfinished image is removed.',
  spoken: (ask) => {
    const { imageName = '', diskFormat = 'raw', containerFormat = 'bare', visibility, force } = ask.input;
    const command = commandOf(
      `openstack image create --volume ${ask.id}`,
      force === true ? '--force' : '',
      `--disk-format ${diskFormat}`,
      `--container-format ${shellWord(containerFormat)}`,
      visibility === undefined ? '' : `--${visibility}`,
      ask.input.protected === true ? '--protected' : '',
      shellWord(imageName),
    );
    return volumeAction(ask, command, {
      'os-volume_upload_image': {
        image_name: imageName,
        force: force ?? false,
        disk_format: diskFormat,
        container_format: containerFormat,
        ...(visibility === undefined ? {} : { visibility }),
        ...(ask.input.protected === undefined ? {} : { protected: ask.input.protected }),
      },
    });
  },
});
