/**
 * What is asked of the volume that a disk is to be swapped to.
 */
import { zoneRefusal } from '../attach-server-refusals';
import type { Ask, Objection, Rule } from '../engine/verb';
import { attachmentsOf, type ServerRecord, type VolumeRecord } from '../engine/world';
import { actionRemedy, advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { attachmentOf, volumeOfAttachment } from './attachment-rules';

export interface Swap {
  volumeId: string;
}

const API = 'nova compute/api.py, swap_volume';
const REST = 'nova api/openstack/compute/volume_attachments.py, _update_volume_swap';

/** @returns the volume to swap to; null when it is not there, or not the caller's to see */
export function targetOf({ world, input }: Pick<Ask<Partial<Swap>>, 'world' | 'input'>): VolumeRecord | null {
  return world.volume.get(input.volumeId ?? '') ?? null;
}

/** @returns the server that has the disk; null for one that is not here */
export function serverOf(ask: Pick<Ask<object>, 'world' | 'id'>): ServerRecord | null {
  return ask.world.server.get(attachmentOf(ask).serverId ?? '') ?? null;
}

/** A rule about the volume to swap to; one that is not there is refused by another. */
function ofTarget(
  base: Pick<Rule<Swap>, 'id' | 'code' | 'source'>,
  test: (target: VolumeRecord, ask: Ask<Swap>) => Objection | null,
): Rule<Swap> {
  return {
    ...base,
    needs: ['volumeId'],
    test: (ask) => {
      const target = targetOf(ask);
      return target === null ? null : test(target, ask);
    },
  };
}

export const targetRule: Rule<Swap> = {
  id: 'target-not-found',
  code: 'invalid',
  source: `${REST}: a volume of the body that is not there is a bad request`,
  needs: ['volumeId'],
  test: (ask) =>
    targetOf(ask) === null
      ? {
          message: `There is no volume ${ask.input.volumeId} to swap to.`,
          remedy: advice('Pick a volume of this project.', 'openstack volume list --status available'),
        }
      : null,
};

export const otherVolumeRule = ofTarget(
  {
    id: 'same-volume',
    code: 'invalid',
    source: `${REST}: with the volume of the path there is nothing to swap`,
  },
  (target, ask) =>
    target.id === attachmentOf(ask).volumeId
      ? { message: `The disk is on volume ${target.name} already.`, remedy: advice('Pick another volume.') }
      : null,
);

export const oneProjectRule = ofTarget(
  {
    id: 'another-project',
    code: 'invalid',
    source: 'older nova releases; a server must not end up with the data of another project',
  },
  (target, ask) => {
    const volume = volumeOfAttachment(ask);
    if (target.projectId === volume.projectId && target.projectId === serverOf(ask)?.projectId) return null;
    return {
      message: `Volume ${target.name}, volume ${volume.name} and their server must be of one project.`,
      remedy: advice('Pick a volume of the same project.'),
    };
  },
);

export const freeTargetRule = ofTarget(
  { id: 'target-attached', code: 'invalid', source: API },
  (target, ask) => {
    const [holder] = attachmentsOf(ask.world, target.id);
    // The same volume is refused for what it is.
    if (holder === undefined || target.id === attachmentOf(ask).volumeId) return null;
    return {
      message: `Volume ${target.name} has an attachment already; a volume to swap to must have none.`,
      remedy: detachRemedy(ask, target, holder),
    };
  },
);

export const sizeRule = ofTarget({ id: 'target-too-small', code: 'invalid', source: API }, (target, ask) => {
  const volume = volumeOfAttachment(ask);
  if (target.sizeGib >= volume.sizeGib) return null;
  return {
    message: `Volume ${target.name} has ${target.sizeGib} GiB; swapping needs at least the ${volume.sizeGib} GiB of ${volume.name}.`,
    remedy: actionRemedy(
      ask,
      {
        action: 'volume.extend',
        label: `Extend ${target.name} to ${volume.sizeGib} GiB`,
        projectId: target.projectId,
        args: { volumeId: target.id, sizeGib: String(volume.sizeGib) },
      },
      'Pick a larger volume.',
    ),
  };
});

export const zoneRule = ofTarget(
  {
    id: 'other-zone',
    code: 'invalid',
    source: `${API}: volume_api.check_availability_zone, cross_az_attach`,
  },
  (target, ask) => {
    const server = serverOf(ask);
    if (server === null) return null;
    const refusal = zoneRefusal(server, target, { crossZone: ask.settings.crossZoneAttach });
    if (refusal === null) return null;
    return { message: refusal.message, remedy: advice(`Pick a volume in zone ${server.availabilityZone}.`) };
  },
);

export const targetStatusRule = ofTarget(
  { id: 'target-status', code: 'invalid', source: 'cinder volume/api.py, _attachment_reserve' },
  (target, ask) => {
    if (target.status === 'available' || target.status === 'downloading') return null;
    if (target.id === attachmentOf(ask).volumeId) return null;
    return {
      message: `Volume ${target.name} is ${target.status}; a volume to swap to must be available.`,
      remedy: statusRemedy(ask, target),
    };
  },
);

export const hostMultiattachRule = ofTarget(
  { id: 'host-without-multiattach', code: 'conflict', source: 'nova compute/manager.py, swap_volume' },
  (target, { world, id }) => {
    const server = serverOf({ world, id });
    const host = world.host.get(server?.host ?? '');
    if (!target.multiattach || host === undefined || host.supportsMultiattach) return null;
    return {
      message: `Host ${host.name} cannot handle multiattach volumes, and ${target.name} is one.`,
      remedy: advice('Pick a volume that is not multiattach.'),
    };
  },
);
