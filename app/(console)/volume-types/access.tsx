import { Lock } from 'lucide-react';
import type { VolumeTypeRow } from '~/app/_trpc/types';

/** Who may use a type. */
export function Access({ type }: { type: Pick<VolumeTypeRow, 'public'> }) {
  if (type.public) return <span className="text-muted">everybody</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Lock aria-hidden className="size-3.5 text-faint" />
      some projects
    </span>
  );
}
