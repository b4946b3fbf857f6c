/**
 * Attach as a verb: the volume is reserved; the host says who it is; storage exports the volume; the guest gets the disk.
 */
import { ACTIONS } from '../action';
import {
  ATTACH_SERVER_CHECKS,
  ATTACH_STORAGE_CHECKS,
  ATTACH_VOLUME_CHECKS,
  type AttachFacts,
  decideAttach,
} from '../attach-volume';
import {
  COMPLETED,
  CONNECTED,
  STEP_FROM,
  volumeAfterAttachRollBack,
  volumeAfterFailedRollBack,
} from '../attachment-life';
import { workOn } from '../attachment-verbs/attachment-rules';
import type { DriverAnswer, DriverTask } from '../driver-task';
import { insert, remove, update } from '../engine/change';
import { defineVerb, type Phase, type Plan, type Rule, type Work } from '../engine/verb';
import { attachmentsOf, ownerOf } from '../engine/world';
import { explainAttach } from '../explanation';
import { type Check, refusalsOf } from '../refusal';
import { type AttachInput, attachFactsOf, isWhole, unspoken, whole } from './disk-facts';
import {
  type DiskNow,
  diskNow,
  goBack,
  overtaken,
  stranded,
  volumeBefore,
  wentBack,
  whileThere,
} from './disk-work';
import { MICROVERSION, multiattachVersionRule, shelvedVersionRule } from './version-rules';

function mayGoOn(step: keyof typeof STEP_FROM, { attachment }: DiskNow): boolean {
  const from: readonly (string | null)[] = STEP_FROM[step];
  return attachment !== null && from.includes(attachment.attachStatus);
}

function idOf({ operation }: Work): string {
  return operation.subject.attachmentId ?? '';
}

function sealed(answer: DriverAnswer | undefined): string {
  if (typeof answer !== 'string') throw new Error('the driver has answered nothing');
  return answer;
}

const connect: Phase = {
  tasks: (work) => [{ call: 'getConnector', attachmentId: idOf(work) }],
  // Kept before storage is asked to export: whoever has to take the export back can then do so.
  done: (work, [connector]) => {
    const now = diskNow(work);
    const { attachment, volume } = now;
    if (attachment === null || !mayGoOn('connect', now)) return overtaken(now);
    const { host } = work.world.server.get(attachment.instanceId ?? '') ?? { host: null };
    return {
      outcome: 'running',
      next: 'export',
      message: `${host ?? 'The host'} asks for ${volume.name}`,
      changes: [
        update('volume', volume.id, CONNECTED.volume),
        update('attachment', attachment.id, {
          attachStatus: CONNECTED.attachStatus,
          connector: sealed(connector),
          attachedHost: host,
          ...(attachment.device === null ? {} : { mountpoint: attachment.device }),
        }),
      ],
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const exportVolume: Phase = {
  tasks: (work) => [{ call: 'initializeConnection', attachmentId: idOf(work) }],
  // Kept before the attachment is complete: a detach right after finds it (Nova saves it there too).
  done: (work, [info]) => {
    const now = diskNow(work);
    if (now.attachment === null || !mayGoOn('connect', now)) return overtaken(now);
    return {
      outcome: 'running',
      next: 'complete',
      message: `${now.volume.name} is exported`,
      changes: [update('attachment', now.attachment.id, { connectionInfo: sealed(info) })],
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const complete: Phase = {
  tasks: (work) => [{ call: 'attachDevice', attachmentId: idOf(work) }],
  done: (work) => {
    const now = diskNow(work);
    if (now.attachment === null || !mayGoOn('complete', now)) return overtaken(now);
    return {
      outcome: 'succeeded',
      message: `${now.serverName} has ${now.volume.name} as ${now.attachment.device ?? 'a disk'}`,
      changes: [
        update('volume', now.volume.id, COMPLETED.volume),
        update('attachment', now.attachment.id, { attachStatus: COMPLETED.attachStatus }),
      ],
    };
  },
  failed: (_work, reason) => goBack(reason),
};

const rollBack: Phase = {
  // Undone in reverse, and only what may have been done.
  tasks: (work): DriverTask[] => {
    const { attachment, attachmentId } = diskNow(work);
    if (attachment?.connector === null) return [];
    // Of one that somebody has ended nobody knows how far it had come.
    return [
      ...(attachment?.connectionInfo === null ? [] : [{ call: 'detachDevice', attachmentId } as const]),
      { call: 'terminateConnection', attachmentId },
    ];
  },
  done: (work) => {
    const { attachment, volume, others } = diskNow(work);
    const gone = attachment === null ? [] : [remove('attachment', attachment.id)];
    const orphaned = work.operation.carry.owned === true && ownerOf(work.world, volume.id) === null;
    // How that work ended was hidden by the reservation: nobody may take the volume before a person has looked.
    const before = orphaned ? volumeAfterFailedRollBack([]) : volumeBefore(work);
    return wentBack(work, gone, volumeAfterAttachRollBack(volume, before, others));
  },
  failed: (work, reason) => stranded(work, 'error_attaching', reason),
};

function asRule(check: Check<AttachFacts>): Rule<AttachInput> {
  return {
    id: check.id,
    code: 'conflict',
    source: check.source,
    test: (ask) => refusalsOf([check], attachFactsOf(ask))[0] ?? null,
  };
}

export const attachVerb = defineVerb({
  name: 'volume.attach',
  noun: 'server',
  fields: {
    volumeId: { kind: 'pick', label: 'Volume', of: 'volume' },
    device: { kind: 'text', label: 'Device', max: 255, optional: true },
    mode: { kind: 'choice', label: 'Mode', options: ['rw', 'ro'], optional: true },
    tag: { kind: 'text', label: 'Tag', max: 60, min: 1, optional: true },
    deleteOnTermination: { kind: 'flag', label: 'Delete with the server', optional: true },
    ...MICROVERSION,
  },
  life: { of: 'volume', from: ['available', 'in-use'], during: 'attaching', done: 'in-use', failed: '=' },
  roots: ({ input }) => (input.volumeId === undefined ? {} : { volumes: [input.volumeId] }),
  rules: [
    shelvedVersionRule('attach_volume'),
    // The first check is the policy, which the engine asks.
    ...ATTACH_SERVER_CHECKS.slice(1).map(asRule),
    {
      id: 'volume-not-found',
      code: 'not_found',
      source: 'nova compute/api.py, attach_volume: volume_api.get',
      needs: ['volumeId'],
      test: ({ world, input }) =>
        world.volume.has(input.volumeId)
          ? null
          : { rule: 'volume.not-found', message: `Volume ${input.volumeId} could not be found.` },
    },
    ...ATTACH_VOLUME_CHECKS.map(asRule),
    multiattachVersionRule,
    ...ATTACH_STORAGE_CHECKS.map(asRule),
    {
      id: 'operation-in-progress',
      code: 'conflict',
      source: 'a swap brings the volume to the server as a disk of its own; nova holds a lock per server',
      needs: ['volumeId'],
      test: ({ world, id, input }) => {
        const coming = attachmentsOf(world, input.volumeId)
          .filter((each) => each.instanceId === id)
          .map((each) => workOn(world, each.id))
          .find((each) => each !== null);
        if (coming === undefined || coming === null) return null;
        return {
          message: `Another operation (${ACTIONS[coming.action].gerund.toLowerCase()}) is at work on the volume for the same server.`,
          remedy: { kind: 'advice', text: 'Wait until that has ended, then try again.' },
        };
      },
    },
  ],
  plan: (ask): Plan => {
    const facts = whole(attachFactsOf(ask));
    const decision = decideAttach(facts);
    if (!decision.allowed) throw new Error('an attach that was refused is planned');
    const { server, volume, request } = facts;
    const { effects } = decision;
    const attachmentId = ask.fresh();
    const host = effects.via === 'host';
    return {
      changes: [
        update('volume', volume.id, effects.volume),
        insert('attachment', {
          id: attachmentId,
          volumeId: volume.id,
          multiattach: volume.multiattach,
          instanceId: server.id,
          attachStatus: effects.attachStatus,
          mode: effects.mode,
          attachedHost: null,
          mountpoint: null,
          connector: null,
          connectionInfo: null,
          bdmId: ask.fresh(),
          serverId: server.id,
          device: effects.device,
          bootIndex: null,
          tag: request.tag,
          deleteOnTermination: request.deleteOnTermination,
        }),
      ],
      subject: { serverId: server.id, volumeId: volume.id, attachmentId },
      answer: { attachmentId, device: effects.device },
      message: host
        ? `${volume.name} is reserved for ${server.name} as ${effects.device ?? 'a disk'}, ${effects.mode}`
        : `${volume.name} is attached to ${server.name}, which is on no host; it gets its device when it is unshelved`,
      job: host
        ? {
            phase: 'connect',
            owns: attachmentId,
            carry: {
              before: { status: volume.status, attachStatus: volume.attachStatus },
              // Whoever is at work on a downloading volume may have ended by the time this goes back.
              owned: ownerOf(ask.world, volume.id) !== null,
            },
          }
        : null,
    };
  },
  phases: {
    connect: whileThere(connect),
    export: whileThere(exportVolume),
    complete: whileThere(complete),
    'roll-back': whileThere(rollBack),
  },
  onFailure: 'Everything becomes what it was.',
  steps: (ask) => explainAttach(whole(attachFactsOf(ask))).steps,
  warnings: (ask) => (isWhole(attachFactsOf(ask)) ? explainAttach(whole(attachFactsOf(ask))).warnings : []),
  spoken: (ask) => {
    const facts = attachFactsOf(ask);
    if (!isWhole(facts)) return unspoken(ask.id, 'add');
    const { command, request } = explainAttach(whole(facts));
    return {
      command,
      request: { ...request, body: request.body as never },
    };
  },
});
