/**
 * Which actions are offered for many objects at once, and how many of these each is possible for.
 */
import type { Outputs } from '~/app/_trpc/types';
import type { Noun } from '~/server/domain/engine/verb';
import type { Refusal } from '~/server/domain/refusal';
import type { VerbName } from '~/server/domain/verb-catalogue';

export type BulkNoun = Exclude<Noun, 'project' | 'qosSpecs' | 'image' | 'computeService' | 'storageService'>;

/** What is asked for is the same for all, so that only what makes sense that way is here. The first are in plain sight. */
export const BULK_ACTIONS: Readonly<Record<BulkNoun, readonly VerbName[]>> = {
  server: [
    'server.start',
    'server.stop',
    'server.reboot-soft',
    'server.reboot-hard',
    'server.pause',
    'server.unpause',
    'server.suspend',
    'server.resume',
    'server.shelve',
    'server.unshelve',
    'server.confirm-resize',
    'server.revert-resize',
    'server.lock',
    'server.unlock',
    'server.reset-state',
    'server.delete',
  ],
  volume: [
    'snapshot.create',
    'volume.extend',
    'volume.delete',
    'volume.retype',
    'volume.set-metadata',
    'volume.unset-metadata',
    'volume.set-readonly',
    'volume.set-bootable',
    'volume.migrate',
    'volume.reset-status',
    'volume.force-delete',
  ],
  attachment: ['attachment.set-delete-on-termination', 'attachment.delete'],
  snapshot: [
    'snapshot.delete',
    'snapshot.set-metadata',
    'snapshot.unset-metadata',
    'snapshot.reset-status',
    'snapshot.force-delete',
  ],
  volumeType: [
    'volume-type.delete',
    'volume-type.set-extra-specs',
    'volume-type.unset-extra-specs',
    'volume-type.add-access',
    'volume-type.remove-access',
  ],
};

export interface BulkObject {
  id: string;
  name: string;
}

export interface BulkChoice {
  action: VerbName;
  possible: BulkObject[];
  refused: { object: BulkObject; refusals: readonly Refusal[] }[];
}

/**
 * @param explained refusals by object and action
 * @returns one choice an action, in the order of the bar
 */
export function bulkChoices(
  kind: BulkNoun,
  objects: readonly BulkObject[],
  explained: Outputs['actions']['explainMany'],
): BulkChoice[] {
  return BULK_ACTIONS[kind].flatMap((action) => {
    const answers = objects.flatMap((object) => {
      const answer = explained[object.id]?.find((each) => each.action === action);
      return answer === undefined ? [] : [{ object, refusals: answer.refusals }];
    });
    if (answers.length === 0) return [];
    return [
      {
        action,
        possible: answers.flatMap(({ object, refusals }) => (refusals.length === 0 ? [object] : [])),
        refused: answers.filter(({ refusals }) => refusals.length > 0),
      },
    ];
  });
}

/** @returns e.g. `2 volumes` */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
