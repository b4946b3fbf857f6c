/**
 * Records that an attachment has ended (os-detach). What storage still exports for it is taken back first.
 */
import { impliedVolumeState } from '../attachment';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type World } from '../engine/world';
import { advice } from '../volume-verbs/volume-remedy';
import { notStatusRule, volumeOf } from '../volume-verbs/volume-rules';
import { holderName, idleRule } from './attachment-rules';
import { volumeActionByRequest } from './attachment-words';
import { detachProtectionRule, knownToStorage, protectedBecause } from './detach-protection';
import { DISCONNECT_PHASES, departure, isExported } from './disconnect-phase';
import { othersOf, unheld } from './settled-volume';

const SOURCE = 'cinder volume/manager.py, detach_volume';

export interface Unmarking {
  attachmentId?: string | undefined;
}

type Asked = Pick<Ask<Unmarking>, 'world' | 'id' | 'input'>;

/** @returns the attachment that goes; null for none, and where it cannot be told which */
export function goingOf({ world, id, input }: Asked): AttachmentRecord | null {
  if (input.attachmentId !== undefined) {
    const named = world.attachment.get(input.attachmentId);
    return named?.volumeId === id ? named : null;
  }
  const all = knownToStorage(world, id);
  return all.length === 1 ? (all[0] ?? null) : null;
}

export const FIELD = {
  kind: 'pick',
  of: 'attachment',
  label: 'Attachment',
  hint: 'Needed when there are several.',
  optional: true,
} as const;

/** The services that may pass by the protection have to say which one they mean, too. */
export const whichRule: Rule<Unmarking> = {
  id: 'several-attachments',
  code: 'invalid',
  source: SOURCE,
  test: ({ world, id, input }) => {
    const count = knownToStorage(world, id).length;
    if (input.attachmentId !== undefined || count < 2) return null;
    return {
      message: `Volume ${volumeOf({ world, id }).name} has ${count} attachments, and none was named.`,
      remedy: advice('Name the attachment that has ended.'),
    };
  },
};

/** @returns what a form starts with: of several one that may go, if there is one */
export function initialChoice(ask: Pick<Ask<object>, 'actor' | 'world' | 'id'>): Unmarking {
  const all = knownToStorage(ask.world, ask.id);
  if (all.length < 2) return {};
  const free = all.find(
    (each) => protectedBecause(ask, { attachmentId: each.id, volumeId: ask.id }) === null,
  );
  return { attachmentId: (free ?? all[0])?.id };
}

/** @returns the volume after the attachment has gone, in a sentence */
export function departureSteps(world: World, volumeId: string, going: AttachmentRecord | null): string[] {
  const { name } = volumeOf({ world, id: volumeId });
  const others =
    going === null
      ? attachmentsOf(world, volumeId).map((each) => each.attachStatus)
      : othersOf(world, volumeId, going.id);
  const { status } = impliedVolumeState(others);
  if (going === null) return [`No attachment goes; volume ${name} becomes ${status}.`];
  return [
    ...(isExported(going) ? [`Storage takes the export of volume ${name} back.`] : []),
    `The attachment of ${holderName(world, going)} goes, and the volume becomes ${status}.`,
  ];
}

export const markDetached = defineVerb({
  name: 'volume.mark-detached',
  noun: 'volume',
  fields: { attachmentId: FIELD },
  life: { from: ['*'], during: null, done: 'available', failed: '=' },
  roots: ({ input }) => (input.attachmentId === undefined ? {} : { attachments: [input.attachmentId] }),
  rules: [
    // Of several it cannot be told which one is to be protected.
    whichRule,
    detachProtectionRule<Unmarking>(({ id, input }) => ({
      volumeId: id,
      attachmentId: input.attachmentId ?? null,
    })),
    notStatusRule(['maintenance'], { doing: 'detaching', source: 'cinder volume/api.py, detach' }),
    idleRule('marking it as detached', {
      attachments: (ask) => {
        const going = goingOf(ask);
        return going === null ? [] : [going.id];
      },
    }),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const going = goingOf(ask);
    const message = `${volume.name} is recorded as detached`;
    if (going !== null) return departure(ask.world, volume, going, { message });
    return {
      changes: [unheld(ask.world, volume)],
      subject: { volumeId: volume.id },
      job: null,
      message,
    };
  },
  phases: DISCONNECT_PHASES,
  initial: initialChoice,
  steps: (ask) => departureSteps(ask.world, ask.id, goingOf(ask)),
  warnings: (ask) => {
    const going = goingOf(ask);
    return going?.serverId === null || going === null
      ? []
      : [
          `It is a disk of ${holderName(ask.world, going)}, whose guest is not asked to let it go. Detach the volume instead.`,
        ];
  },
  onFailure: 'If storage cannot take the export back, everything stays as it is.',
  spoken: (ask) => {
    const { attachmentId } = ask.input;
    return volumeActionByRequest(ask, {
      'os-detach': attachmentId === undefined ? {} : { attachment_id: attachmentId },
    });
  },
});
