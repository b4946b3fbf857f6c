import { clsx } from 'clsx';

/**
 * A text of several lines with its label, and what is wrong with it beneath.
 * @param code in the fixed-width face, and higher
 */
export function TextArea({
  id,
  label,
  note,
  error,
  code = false,
  value,
  maxLength,
  onChange,
}: {
  id: string;
  label: string;
  note: string | undefined;
  error: string | undefined;
  code?: boolean;
  value: string;
  maxLength?: number;
  onChange: (value: string) => void;
}) {
  const described = [note ? `${id}-note` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        rows={code ? 6 : 3}
        aria-invalid={error ? true : undefined}
        aria-describedby={described === '' ? undefined : described}
        spellCheck={!code}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={clsx(
          'block w-full rounded-md border bg-surface px-2.5 py-1.5 text-sm placeholder:text-faint',
          error ? 'border-error' : 'border-control',
          code && 'font-mono text-xs leading-5',
        )}
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
