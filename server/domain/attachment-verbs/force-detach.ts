/**
 * An administrator takes an attachment away, whatever was going on with it: its export is taken back, its row goes, and
 * who was at work on it is relieved. The detach protection holds all the same.
 */
import { type Ask, defineVerb } from '../engine/verb';
import type { AttachmentRecord, OperationRecord, World } from '../engine/world';
import { keptInUse } from '../volume-verbs/relieved-work';
import { notStatusRule, policyRule, volumeOf } from '../volume-verbs/volume-rules';
import { holderName, isWorkOn } from './attachment-rules';
import { SHOWN_CONNECTOR, volumeActionByRequest } from './attachment-words';
import { detachProtectionRule } from './detach-protection';
import { DISCONNECT_PHASES, departure } from './disconnect-phase';
import { departureSteps, FIELD, goingOf, initialChoice, type Unmarking, whichRule } from './mark-detached';
import { unheld } from './settled-volume';

const SOURCE = 'cinder api/contrib/admin_actions.py, _force_detach';

/** @returns operations at work on the attachment, or on the volume because of an attachment */
function workToEnd(world: World, volumeId: string, going: AttachmentRecord | null): OperationRecord[] {
  return [...world.operation.values()].filter((each) => {
    if (going !== null) return isWorkOn(each, going.id);
    const { owns, subject } = each;
    return subject.volumeId === volumeId && subject.attachmentId !== undefined && owns !== volumeId;
  });
}

/** What they go by when they are relieved: what they end, and what they are about. */
function relieved(operations: readonly OperationRecord[]): string[] {
  return operations.flatMap(({ owns, subject }) => [owns ?? [], subject.attachmentId ?? []].flat());
}

function plan(ask: Ask<Unmarking>) {
  const volume = volumeOf(ask);
  const going = goingOf(ask);
  const work = workToEnd(ask.world, volume.id, going);
  const more = {
    message: `${volume.name} is detached by force`,
    relieves: [...new Set(relieved(work))],
    ending: work.map((each) => each.id),
  };
  // A swap that was to bring the volume here lets its other volume go no more.
  const kept = keptInUse(
    ask.world,
    work.filter(({ subject }) => subject.volumeId !== volume.id),
  );
  if (going !== null) {
    const gone = departure(ask.world, volume, going, more);
    return { ...gone, changes: [...kept, ...gone.changes] };
  }
  return {
    changes: [...kept, unheld(ask.world, volume, more.ending)],
    subject: { volumeId: volume.id },
    job: null,
    message: more.message,
    relieves: more.relieves,
  };
}

export const forceDetach = defineVerb({
  name: 'volume.force-detach',
  noun: 'volume',
  fields: {
    attachmentId: FIELD,
    connector: {
      kind: 'document',
      label: 'Connector',
      hint: 'Of the host that loses it. The one that is known of the attachment counts.',
      optional: true,
    },
  },
  confirm: (ask) => volumeOf(ask).name,
  life: { from: ['*'], during: null, done: 'available', failed: '=' },
  roots: ({ input }) => (input.attachmentId === undefined ? {} : { attachments: [input.attachmentId] }),
  rules: [
    policyRule<object>('volume_extension:volume_actions:terminate_connection', {
      id: 'terminate-policy',
      source: SOURCE,
    }),
    // Upstream terminates the connection without saying of which attachment; then it detaches that one.
    detachProtectionRule<Unmarking>(({ id }) => ({ volumeId: id, attachmentId: null }), 'used-by-compute'),
    policyRule<object>('volume_extension:volume_actions:unreserve', {
      id: 'unreserve-policy',
      source: SOURCE,
    }),
    policyRule<object>('volume_extension:volume_actions:detach', { id: 'detach-policy', source: SOURCE }),
    detachProtectionRule<Unmarking>(
      ({ id, input: { attachmentId } }) =>
        attachmentId === undefined ? null : { volumeId: id, attachmentId },
      'attachment-used-by-compute',
    ),
    notStatusRule(['maintenance'], { doing: 'detaching', source: 'cinder volume/api.py, detach' }),
    whichRule,
  ],
  plan,
  phases: DISCONNECT_PHASES,
  initial: initialChoice,
  steps: (ask) => [
    ...workToEnd(ask.world, ask.id, goingOf(ask)).map(
      (each) => `Operation ${each.id} (${each.action}) is given up.`,
    ),
    ...departureSteps(ask.world, ask.id, goingOf(ask)),
  ],
  warnings: (ask) => {
    const going = goingOf(ask);
    return [
      'No guest is asked to let it go. What it has not written yet is lost.',
      ...(going === null || going.serverId === null
        ? []
        : [
            `It is a disk of ${holderName(ask.world, going)}. Make sure that its host does not use it any more, or it may reach the data of whoever gets that disk next.`,
          ]),
    ];
  },
  onFailure:
    'If storage cannot take the export back, the attachment stays; where somebody was at work on it, attachment and volume are in error then.',
  spoken: (ask) => {
    const { attachmentId, connector } = ask.input;
    return volumeActionByRequest(ask, {
      'os-force_detach': {
        ...(attachmentId === undefined ? {} : { attachment_id: attachmentId }),
        ...(connector === undefined ? {} : { connector: SHOWN_CONNECTOR }),
      },
    });
  },
});
