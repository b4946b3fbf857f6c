/**
 * Attach: the way out of each status of a volume.
 */
import { describe, expect, it } from 'vitest';
import { attachRefusals } from './attach-volume';
import { attachFacts, volume } from './sound-facts';
import type { VolumeStatus } from './volume';

const RESET = 'An administrator can find out what failed and then set the status back.';

/** What to do about a volume's status; null where there is nothing to do but look. */
const STATUS_REMEDIES: [VolumeStatus, string | null][] = [
  ['creating', 'Wait until creating has ended, then try again.'],
  ['attaching', 'Wait until attaching has ended, then try again.'],
  ['detaching', 'Wait until detaching has ended, then try again.'],
  ['uploading', 'Wait until uploading has ended, then try again.'],
  ['extending', 'Wait until extending has ended, then try again.'],
  ['retyping', 'Wait until retyping has ended, then try again.'],
  ['reverting', 'Wait until reverting has ended, then try again.'],
  ['backing-up', 'Wait until backing-up has ended, then try again.'],
  ['restoring-backup', 'Wait until restoring-backup has ended, then try again.'],
  [
    'reserved',
    'It is reserved for an attachment that has not been completed: complete or delete that attachment first.',
  ],
  ['error', RESET],
  ['error_extending', RESET],
  ['error_restoring', RESET],
  ['error_backing-up', RESET],
  ['error_deleting', RESET],
  ['maintenance', null],
  ['deleting', null],
  ['awaiting-transfer', null],
  ['in-use', null],
];

describe('the remedy for the status of a volume', () => {
  it.each(STATUS_REMEDIES)('%s', (status, text) => {
    const [refusal] = attachRefusals(attachFacts({ volume: volume({ status }) }));
    expect(refusal).toMatchObject({
      rule: 'volume.attach.volume-status',
      code: 'invalid',
      message: `Volume data-1 is ${status}; attaching needs available or downloading.`,
    });
    expect(refusal?.remedy).toEqual(text === null ? undefined : expect.objectContaining({ text }));
  });
});
