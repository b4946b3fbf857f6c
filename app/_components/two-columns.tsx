import type { ReactNode } from 'react';

/** Facts at the left, what goes on at the right; one above the other where that is too wide. */
export function TwoColumns({ left, right }: { left: ReactNode; right: ReactNode }) {
  return (
    <div className="grid items-start gap-x-12 xl:grid-cols-[minmax(0,28rem)_minmax(0,1fr)]">
      <div className="min-w-0 max-xl:mb-7">{left}</div>
      <div className="min-w-0">{right}</div>
    </div>
  );
}
