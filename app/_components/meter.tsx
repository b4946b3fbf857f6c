import { clsx } from 'clsx';

const NEARLY = 0.8;

/** @returns how worrying it is that so much is taken */
function inkOf(share: number): string {
  if (share >= 1) return 'bg-error';
  return share >= NEARLY ? 'bg-attention' : 'bg-accent';
}

/**
 * How much of something is taken, as a bar. The numbers stand beside it; the bar says them to who cannot see it.
 * @param label what is measured
 * @param used taken for good
 * @param reserved taken for now, by what is under way
 * @param limit all there is
 * @param text the numbers in words
 */
export function Meter({
  label,
  used,
  reserved = 0,
  limit,
  text,
  thin = false,
  className,
}: {
  label: string;
  used: number;
  reserved?: number;
  limit: number;
  text: string;
  thin?: boolean;
  className?: string;
}) {
  // Of nothing, anything is too much.
  const share = (amount: number) => (limit > 0 ? amount / limit : amount > 0 ? 1 : 0);
  const total = used + reserved;
  const taken = Math.min(1, share(used));
  const held = Math.min(1 - taken, share(reserved));
  return (
    <span
      className={clsx(
        'relative flex overflow-hidden rounded-full bg-line-strong/60',
        thin ? 'h-1' : 'h-1.5',
        className,
      )}
    >
      <meter className="sr-only" aria-label={label} min={0} max={Math.max(limit, total)} value={total}>
        {text}
      </meter>
      <span aria-hidden className={inkOf(share(total))} style={{ width: `${taken * 100}%` }} />
      <span aria-hidden className="bg-progress/60" style={{ width: `${held * 100}%` }} />
    </span>
  );
}
