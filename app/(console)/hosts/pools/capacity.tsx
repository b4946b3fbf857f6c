import { Meter } from '~/app/_components/meter';
import type { PoolRow } from '~/app/_trpc/types';

/** How full a pool is, where its backend says so. */
export function Capacity({ pool: { name, totalGib, freeGib } }: { pool: PoolRow }) {
  if (totalGib === null || freeGib === null || totalGib === 0) {
    return <span className="text-faint">not told</span>;
  }
  const used = Math.max(0, totalGib - freeGib);
  const percent = Math.round((used / totalGib) * 100);
  return (
    <span className="flex items-center gap-2.5">
      <Meter
        label={`Used of pool ${name}`}
        used={used}
        limit={totalGib}
        text={`${used.toLocaleString()} of ${totalGib.toLocaleString()} GiB`}
        className="min-w-16 flex-1"
      />
      <span className="w-9 shrink-0 text-right text-muted text-xs tabular-nums">{percent} %</span>
    </span>
  );
}
