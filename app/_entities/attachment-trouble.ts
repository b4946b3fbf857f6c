/**
 * What is wrong with an attachment, by what its two sides say of it.
 */
import type { AttachmentRow } from '~/app/_trpc/types';
import { attachmentTitle, disagreements } from './attachment-state';
import { nameOf } from './name';
import type { Trouble } from './trouble';
import { halfAttached } from './volume-trouble';

/**
 * @param late whether it has been in its status for longer than that usually lasts
 * @returns null for an attachment that is well, or on its way
 */
export function attachmentTrouble(row: AttachmentRow, late: boolean): Trouble | null {
  const { id, facts, volume } = row;
  const wrong = disagreements(row).join(' ');
  if (facts.attachStatus === null) {
    return {
      tone: 'attention',
      title: 'Storage and compute disagree',
      text: `${wrong} ${
        volume.status === 'available'
          ? `Nothing can be detached while ${nameOf(volume)} counts as available: reset its status to in-use, and then detach it from the server.`
          : ''
      }`,
      ways:
        volume.status === 'available'
          ? [
              {
                action: 'volume.reset-status',
                id: volume.id,
                name: nameOf(volume),
                prefill: { status: 'in-use', attachStatus: 'attached' },
              },
            ]
          : [],
    };
  }
  if (facts.computeSide === null && wrong !== '') {
    return {
      tone: 'attention',
      title: 'Storage and compute disagree',
      text: late
        ? `${wrong} If nothing uses it any more, delete the record: the volume is free then.`
        : wrong,
      // For a moment a swap leaves it like that.
      ways: late ? [{ action: 'attachment.delete', id }] : [],
    };
  }
  if (facts.attachStatus === 'attaching' && late) {
    const { text, ways } = halfAttached(row);
    const title = `${attachmentTitle(row)} is attaching for longer than usual`;
    return { tone: 'attention', title, text: wrong === '' ? text : `${wrong} ${text}`, ways };
  }
  return wrong === ''
    ? null
    : { tone: 'attention', title: 'Found when it was imported', text: wrong, ways: [] };
}
