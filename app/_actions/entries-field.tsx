'use client';

import { Plus, X } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button, IconButton } from '~/app/_components/button';
import type { Entry } from './drafts';

const BOX = 'h-8 w-full min-w-0 rounded-md border border-control bg-surface px-2.5 font-mono text-xs';

const WORDS = {
  pairs: { add: 'Add a name and value', empty: 'None.' },
  numbers: { add: 'Add a number', empty: 'None.' },
  names: { add: 'Add a name', empty: 'None.' },
} as const;

/** Lines of names, with a value each where the kind has them. */
export function EntriesField({
  label,
  note,
  error,
  kind,
  entries,
  onChange,
}: {
  label: string;
  note: string | undefined;
  error: string | undefined;
  kind: 'pairs' | 'numbers' | 'names';
  entries: readonly Entry[];
  onChange: (entries: readonly Entry[]) => void;
}) {
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const change = (key: number, part: Partial<Entry>) =>
    onChange(entries.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));

  function add() {
    const key = Math.max(-1, ...entries.map((entry) => entry.key)) + 1;
    onChange([...entries, { key, name: '', value: '' }]);
    // The new line is there after the next paint.
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLInputElement>(`[data-entry="${key}"] input`)?.focus(),
    );
  }

  function removeEntry(key: number) {
    onChange(entries.filter((entry) => entry.key !== key));
    box.current?.querySelector<HTMLButtonElement>('[data-add]')?.focus();
  }

  return (
    <fieldset
      ref={box}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="min-w-0 space-y-1.5"
    >
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      {note === undefined ? null : <p className="text-muted text-xs">{note}</p>}
      {entries.length === 0 ? <p className="text-muted text-sm">{WORDS[kind].empty}</p> : null}
      {entries.map(({ key, name, value }, place) => (
        <div key={key} data-entry={key} className="flex items-center gap-1.5">
          <input
            aria-label={`Name ${place + 1}`}
            placeholder="name"
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => change(key, { name: event.target.value })}
            className={BOX}
          />
          {kind === 'names' ? null : (
            <input
              aria-label={name === '' ? `Value ${place + 1}` : `Value of ${name}`}
              placeholder={kind === 'numbers' ? 'number' : 'value'}
              inputMode={kind === 'numbers' ? 'numeric' : 'text'}
              autoComplete="off"
              spellCheck={false}
              value={value}
              onChange={(event) => change(key, { value: event.target.value })}
              className={BOX}
            />
          )}
          <IconButton label={`Remove ${name || `line ${place + 1}`}`} onClick={() => removeEntry(key)}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
      <Button data-add size="small" onClick={add}>
        <Plus aria-hidden className="size-3" />
        {WORDS[kind].add}
      </Button>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-error text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
