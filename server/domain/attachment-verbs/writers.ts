/**
 * How many servers write to a volume, counted as Nova counts before a swap.
 */
import type { AttachmentRecord } from '../engine/world';

/**
 * Nova sees the attachments as a map by server: two of one server are one, and the later one stands for both. With one
 * entry the mode is not looked at; with more, `rw` counts and everything else does not. Nova compute/api.py,
 * _count_attachments_for_swap.
 * @param live attachments of one volume, oldest first
 */
export function countWriters(live: readonly AttachmentRecord[]): number {
  const byServer = new Map(
    live.filter((each) => each.attachStatus === 'attached').map((each) => [each.instanceId, each] as const),
  );
  if (byServer.size < 2) return byServer.size;
  return [...byServer.values()].filter((each) => each.mode === 'rw').length;
}
