import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';

const CONTROL =
  'h-8 w-full rounded-md border border-control bg-surface px-2.5 text-sm placeholder:text-faint';

/** A text field with its label, and what is wrong with it beneath. */
export function TextField({
  id,
  label,
  note,
  error,
  className,
  ...rest
}: ComponentProps<'input'> & { id: string; label: ReactNode; note?: ReactNode; error?: ReactNode }) {
  const described = [note ? `${id}-note` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described === '' ? undefined : described}
        className={clsx(CONTROL, error && 'border-error')}
        {...rest}
      />
      {note ? (
        <p id={`${id}-note`} className="mt-1 text-muted text-xs">
          {note}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mt-1 text-error text-xs">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** A choice from a few, by the browser's own list. */
export function SelectField({
  id,
  label,
  note,
  className,
  children,
  ...rest
}: ComponentProps<'select'> & { id: string; label: ReactNode; note?: ReactNode }) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <select
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        className={clsx(CONTROL, 'px-2')}
        {...rest}
      >
        {children}
      </select>
      {note ? (
        <p id={`${id}-note`} className="mt-1 text-muted text-xs">
          {note}
        </p>
      ) : null}
    </div>
  );
}
