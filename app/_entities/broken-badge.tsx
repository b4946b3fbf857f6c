import { TriangleAlert } from 'lucide-react';

/** Says that the sides of an attachment disagree; in which way, on hover and to a screen reader. */
export function BrokenBadge({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <span
      data-hint={sentences.join(' ')}
      className="inline-flex h-5 shrink-0 items-center gap-1 rounded bg-attention-soft px-1.5 text-attention text-xs"
    >
      <TriangleAlert aria-hidden className="size-3" />
      broken
      <span className="sr-only">: {sentences.join(' ')}</span>
    </span>
  );
}
