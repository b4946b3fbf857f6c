'use client';

import { clsx } from 'clsx';
import { Plus, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';

export const loadFacetOptions = () => import('./facet-options');
const FacetOptions = lazy(loadFacetOptions);

export interface FacetOption {
  value: string;
  label?: ReactNode;
  /** How many there are; left out when nobody has counted. */
  count?: number | undefined;
  /** Whether there are more than that. */
  capped?: boolean | undefined;
}

const SHOWN_VALUES = 2;

/**
 * One filter: a chip that is dashed while it filters nothing, and says by what it filters else.
 * @param values chosen; a row matches when it has any of them
 */
export function Facet({
  label,
  options,
  values,
  onChange,
}: {
  label: string;
  options: readonly FacetOption[];
  values: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const [wanted, setWanted] = useState(false);
  const active = values.length > 0;
  const text = values.length > SHOWN_VALUES ? `${values.length} chosen` : values.join(', ');
  const button = (
    <button
      type="button"
      // Once it was opened, the popover says these things of its button itself.
      {...(wanted
        ? {}
        : { 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: () => setWanted(true) })}
      className="flex h-full items-center gap-1.5 rounded-md px-2.5 text-muted hover:text-ink"
    >
      {active ? null : <Plus aria-hidden className="size-3.5" />}
      <span>{label}</span>
      {active ? <span className="max-w-52 truncate font-medium text-ink">{text}</span> : null}
    </button>
  );
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-center rounded-md border text-sm',
        active ? 'border-accent/40 bg-accent-soft' : 'border-line-strong border-dashed',
      )}
    >
      {wanted ? (
        <Suspense fallback={button}>
          <FacetOptions button={button} label={label} options={options} values={values} onChange={onChange} />
        </Suspense>
      ) : (
        button
      )}
      {active ? (
        <button
          type="button"
          aria-label={`Remove filter ${label}`}
          onClick={() => onChange([])}
          className="mr-1 grid size-6 place-items-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </span>
  );
}
