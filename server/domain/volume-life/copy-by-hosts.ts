/**
 * The hosts of the servers that have a volume copy it: they connect to its new place, copy under the running guests, and
 * let the old place go.
 */
import { CONNECTED } from '../attachment-life';
import { remove, update } from '../engine/change';
import type { Phase, Work } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type VolumeRecord } from '../engine/world';
import { carriedIds } from '../server-verbs/server-work';
import { pairsOf, targetOf } from './migration-records';
import { changePlaces, goBack, goOn, moving } from './migration-steps';

/** @returns why no host can copy it for its server; null when all can, and when none needs to */
export function hostProblem(work: Work, volume: VolumeRecord): string | null {
  const held = attachmentsOf(work.world, volume.id).filter((each) => each.attachStatus === 'attached');
  const homeless = held.find((each) => {
    const server = work.world.server.get(each.serverId ?? '');
    return server === undefined || server.host === null;
  });
  if (homeless !== undefined)
    return `attachment ${homeless.id} is of no server on a host here, so that no host can copy the data for it`;
  // Compute refuses to copy under several writers (nova compute/api.py, swap_volume).
  const writers = held.filter((each) => each.mode !== 'ro');
  return writers.length > 1
    ? `${writers.length} servers can write to it; it can be moved under one at most`
    : null;
}

/** @returns pairs of this migration; empty when it is not ours any more */
function pairs(work: Work) {
  const volume = moving(work);
  const target = targetOf(work);
  return volume === null || target === null ? [] : pairsOf(work.world, volume.id, target.id);
}

const connect: Phase = {
  tasks: (work) => pairs(work).map(({ to }) => ({ call: 'getConnector', attachmentId: to.id })),
  done: (work, connectors) => {
    const found = pairs(work);
    const target = targetOf(work);
    if (found.length === 0 || found.length !== connectors.length || target === null)
      return goBack('Its attachments were changed meanwhile.', 'overtaken');
    return goOn(
      [
        ...found.map(({ from, to }, index) =>
          update('attachment', to.id, {
            connector: typeof connectors[index] === 'string' ? connectors[index] : null,
            attachStatus: CONNECTED.attachStatus,
            attachedHost: from.attachedHost,
            mountpoint: from.mountpoint,
          }),
        ),
        update('volume', target.id, CONNECTED.volume),
      ],
      'export',
      'The hosts have said who they are',
    );
  },
  failed: (_work, reason) => goBack(reason),
};

const exportTarget: Phase = {
  tasks: (work) => pairs(work).map(({ to }) => ({ call: 'initializeConnection', attachmentId: to.id })),
  done: (work, infos) => {
    const found = pairs(work);
    if (found.length === 0 || found.length !== infos.length)
      return goBack('Its attachments were changed meanwhile.', 'overtaken');
    const changes = found.map(({ to }, index) =>
      update('attachment', to.id, {
        connectionInfo: typeof infos[index] === 'string' ? infos[index] : null,
      }),
    );
    return {
      ...goOn(changes, 'swap', 'The hosts can reach the new place'),
      // From now on nobody knows which volume a guest has, until somebody says so.
      carry: { moving: true },
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const swap: Phase = {
  tasks: (work) =>
    pairs(work).map(({ from, to }) => ({
      call: 'swapDevice',
      serverId: from.serverId ?? '',
      volumeId: to.volumeId,
      args: { fromAttachmentId: from.id, toAttachmentId: to.id },
    })),
  done: (work) =>
    pairs(work).length === 0
      ? goBack('Its attachments were changed meanwhile.', 'overtaken')
      : goOn([], 'disconnect', 'The hosts have copied it, and the guests write to the new place'),
  failed: (_work, reason) => goBack(reason),
};

/** Connections to the new place for which a server has no disk any more: it was deleted meanwhile. */
function orphans(work: Work): AttachmentRecord[] {
  const target = targetOf(work);
  if (target === null) return [];
  const paired = pairs(work).map(({ to }) => to.id);
  return attachmentsOf(work.world, target.id).filter(({ id }) => !paired.includes(id));
}

/** Those that storage was asked to let go. */
function orphansInHand(work: Work): AttachmentRecord[] {
  const ids = carriedIds(work, 'attachments');
  return orphans(work).filter(({ id }) => ids.includes(id));
}

/** The old connections go while their records still tell of them. Whether that works out, there is no way back. */
const disconnect: Phase = {
  tasks: (work) =>
    [...pairs(work).map(({ from }) => from), ...orphansInHand(work)].map(({ id }) => ({
      call: 'terminateConnection',
      attachmentId: id,
    })),
  done: (work) => {
    const left = orphans(work).map(({ id }) => id);
    if (left.length > orphansInHand(work).length) {
      const again = goOn([], 'disconnect', 'A server was deleted meanwhile; its new connection goes, too');
      return { ...again, carry: { attachments: left } };
    }
    const gone = left.map((id) => remove('attachment', id));
    return changePlaces(work, 'The old connections are gone', gone);
  },
  failed: (work, reason) => changePlaces(work, `An old connection is left: ${reason}`),
};

export const HOST_PHASES = { connect, export: exportTarget, swap, disconnect } as const;
