'use client';

import { clsx } from 'clsx';
import { Check, Plus } from 'lucide-react';

/** A filter with only on and off. */
export function ToggleChip({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  const Icon = on ? Check : Plus;
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onChange(!on)}
      className={clsx(
        'inline-flex h-8 shrink-0 items-center gap-1.5 whitespace-nowrap rounded-md border px-2.5 text-sm',
        on
          ? 'border-accent/40 bg-accent-soft font-medium text-ink'
          : 'border-line-strong border-dashed text-muted hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {label}
    </button>
  );
}
