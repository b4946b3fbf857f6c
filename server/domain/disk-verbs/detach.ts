/**
 * Detach as a verb: the guest lets the disk go, storage takes the export back, the attachment goes.
 */
import { ACTIONS } from '../action';
import { volumeAfterDetach, volumeAfterDetachRollBack } from '../attachment-life';
import { settled } from '../attachment-verbs/settled-volume';
import { DETACH_CHECKS, decideDetach } from '../detach-volume';
import type { DriverTask } from '../driver-task';
import { remove, update } from '../engine/change';
import { defineVerb, type Phase, type Plan, type Work } from '../engine/verb';
import { ownerOf } from '../engine/world';
import { explainDetach } from '../explanation';
import { refusalsOf } from '../refusal';
import { detachFactsOf, isWhole, unspoken, whole } from './disk-facts';
import { diskNow, goBack, stranded, wentBack, whileThere } from './disk-work';
import { MICROVERSION, shelvedVersionRule } from './version-rules';

function idOf({ operation }: Work): string {
  return operation.subject.attachmentId ?? '';
}

const disconnect: Phase = {
  tasks: (work) => [{ call: 'detachDevice', attachmentId: idOf(work) }],
  done: (work) => {
    const { serverName, volume } = diskNow(work);
    return {
      outcome: 'running',
      next: 'finish',
      message: `${serverName} has let ${volume.name} go`,
      changes: [],
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const finish: Phase = {
  tasks: (work) => [{ call: 'terminateConnection', attachmentId: idOf(work) }],
  done: (work) => {
    const { attachment, volume, others } = diskNow(work);
    const after = volumeAfterDetach(volume, others);
    return {
      outcome: 'succeeded',
      message: `${volume.name} is ${after.status}`,
      changes: [
        ...(attachment === null ? [] : [remove('attachment', attachment.id)]),
        update('volume', volume.id, after),
      ],
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const rollBack: Phase = {
  // The guest may have let go, and storage may have taken the export back, before the rest failed: both come back. No
  // harm where they are still there.
  tasks: (work): DriverTask[] => {
    const { attachment } = diskNow(work);
    if (attachment === null || attachment.connectionInfo === null) return [];
    const attachmentId = attachment.id;
    return [
      ...(attachment.connector === null ? [] : [{ call: 'initializeConnection', attachmentId } as const]),
      { call: 'attachDevice', attachmentId },
    ];
  },
  done: (work) => wentBack(work, [], volumeAfterDetachRollBack(diskNow(work).volume)),
  failed: (work, reason) => stranded(work, 'error_detaching', reason),
};

/** Only for a disk that was to be deleted with a server that is on no host. */
const clear: Phase = {
  tasks: (work) => [{ call: 'deleteVolume', volumeId: work.operation.subject.volumeId ?? '', args: {} }],
  done: (work) => {
    const { volume } = diskNow(work);
    return {
      outcome: 'succeeded',
      message: `${volume.name} is deleted`,
      changes: volume.status === 'deleting' ? [remove('volume', volume.id)] : [],
    };
  },
  failed: (work, reason) => {
    const { volume } = diskNow(work);
    return {
      outcome: 'failed',
      reason,
      message: reason,
      changes:
        volume.status === 'deleting' ? [update('volume', volume.id, { status: 'error_deleting' })] : [],
    };
  },
};

export const detachVerb = defineVerb({
  name: 'volume.detach',
  noun: 'server',
  fields: { volumeId: { kind: 'pick', label: 'Volume', of: 'volume' }, ...MICROVERSION },
  life: { of: 'volume', from: ['in-use'], during: 'detaching', done: 'available', failed: '=' },
  roots: ({ input }) => (input.volumeId === undefined ? {} : { volumes: [input.volumeId] }),
  rules: [
    shelvedVersionRule('detach_volume'),
    {
      id: 'volume-not-found',
      code: 'not_found',
      source: 'nova compute/api.py, detach_volume: volume_api.get',
      needs: ['volumeId'],
      test: ({ world, id, input: { volumeId } }) => {
        if (world.volume.has(volumeId)) return null;
        const notFound = { rule: 'volume.not-found', message: `Volume ${volumeId} could not be found.` };
        // Clients that know both ids of a disk mistake one for the other (openstacksdk 0.101 does, from 2.89 on).
        const disk = world.attachment.get(volumeId);
        if (disk === undefined || disk.serverId !== id) return notFound;
        const text = `This is the id of an attachment; name its volume, ${disk.volumeId}.`;
        return { ...notFound, remedy: { kind: 'advice', text } };
      },
    },
    // The first check is the policy, which the engine asks.
    ...DETACH_CHECKS.slice(1).map((check) => ({
      id: check.id,
      code: 'conflict' as const,
      source: check.source,
      test: (ask: Parameters<typeof detachFactsOf>[0]) => refusalsOf([check], detachFactsOf(ask))[0] ?? null,
    })),
    {
      id: 'operation-in-progress',
      code: 'conflict',
      source: 'an attachment is in the hands of one operation at a time',
      needs: ['volumeId'],
      test: (ask) => {
        const { attachment, volume } = detachFactsOf(ask);
        const owner = attachment ? ownerOf(ask.world, attachment.id) : null;
        if (owner === null || !volume) return null;
        return {
          message: `The attachment of ${volume.name} is in the hands of another operation (${ACTIONS[owner.action].gerund.toLowerCase()}).`,
          remedy: { kind: 'advice', text: 'Wait until that has ended, then try again.' },
        };
      },
    },
  ],
  plan: (ask): Plan => {
    const facts = whole(detachFactsOf(ask));
    const decision = decideDetach(facts);
    if (!decision.allowed) throw new Error('a detach that was refused is planned');
    const { server, volume, attachment } = facts;
    const { attachmentId, via, volume: volumeSet } = decision.effects;
    const subject = { serverId: server.id, volumeId: volume.id, attachmentId };
    if (via === 'host') {
      return {
        changes: [update('volume', volume.id, volumeSet)],
        subject,
        message: `${volume.name} is marked to leave ${server.name}`,
        job: { phase: 'disconnect', owns: attachmentId },
      };
    }
    // One that storage could not let go carries no weight, but is there; and what is at work on it goes on.
    const alone = facts.volumeAttachments.length === 1 && ownerOf(ask.world, volume.id) === null;
    const free =
      volumeSet.status === 'available' && alone && attachment?.computeSide?.deleteOnTermination === true;
    return {
      changes: [
        ...settled(ask.world, volume.id, [remove('attachment', attachmentId)]),
        ...(free ? [update('volume', volume.id, { status: 'deleting' })] : []),
      ],
      subject,
      message: `${volume.name} is detached from ${server.name}, which was on no host`,
      // Source: nova compute/api.py, _detach_volume_shelved_offloaded, which deletes such a volume.
      job: free ? { phase: 'clear', owns: volume.id } : null,
    };
  },
  phases: {
    disconnect: whileThere(disconnect),
    finish: whileThere(finish),
    clear: whileThere(clear),
    'roll-back': whileThere(rollBack),
  },
  onFailure: 'The server keeps the disk.',
  steps: (ask) => explainDetach(whole(detachFactsOf(ask))).steps,
  warnings: (ask) => (isWhole(detachFactsOf(ask)) ? explainDetach(whole(detachFactsOf(ask))).warnings : []),
  spoken: (ask) => {
    const facts = detachFactsOf(ask);
    if (!isWhole(facts)) return unspoken(ask.id, 'remove');
    const { command, request } = explainDetach(whole(facts));
    return {
      command,
      request: { ...request, body: request.body as never },
    };
  },
});
