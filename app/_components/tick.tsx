import { clsx } from 'clsx';
import { Check } from 'lucide-react';

/** The box of a checkbox that hides its own; a sibling of it. */
export function Tick({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid size-4 shrink-0 place-items-center rounded border peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-1',
        checked ? 'border-accent bg-accent text-on-accent' : 'border-control bg-surface',
      )}
    >
      {checked ? <Check className="size-3" strokeWidth={3} /> : null}
    </span>
  );
}
