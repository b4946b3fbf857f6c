'use client';

import { ChevronsUpDown, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { IconButton } from '~/app/_components/button';
import { Picker } from '~/app/_components/picker';
import type { Pickable } from '~/server/domain/engine/fields';
import { oneOf, PICKABLE_WORDS, usePickable, usePicked } from './use-pickable';

/** Which one: a closed box that opens to a search, and then holds what was found. */
export function PickField({
  label,
  note,
  of,
  value,
  clearable,
  onChange,
}: {
  label: string;
  note: string | undefined;
  of: Pickable;
  value: string;
  clearable: boolean;
  onChange: (id: string) => void;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLButtonElement>(null);
  const was = useRef(open);
  // What had the focus is gone when it opens, and again when it closes.
  useEffect(() => {
    if (open !== was.current) (open ? search : box).current?.focus();
    was.current = open;
    const input = search.current;
    if (!open || input === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen(false);
    };
    input.addEventListener('keydown', onKeyDown);
    return () => input.removeEventListener('keydown', onKeyDown);
  }, [open]);
  const { name, hint } = usePicked(of, value);
  const noun = PICKABLE_WORDS[of];
  const useOptions = (text: string) => usePickable(of, text);

  if (open) {
    return (
      <div data-escapes>
        <Picker
          label={label}
          placeholder="Search by name or ID"
          useOptions={useOptions}
          onPick={(picked) => {
            onChange(picked);
            setOpen(false);
          }}
          inputRef={search}
        />
      </div>
    );
  }
  return (
    <div>
      <p id={`${id}-label`} className="mb-1 font-medium text-sm">
        {label}
      </p>
      <div className="flex items-center gap-1">
        <button
          ref={box}
          id={id}
          type="button"
          aria-labelledby={`${id}-label ${id}`}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          aria-expanded={false}
          onClick={() => setOpen(true)}
          className="flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md border border-control bg-surface px-2.5 py-1 text-left text-sm hover:bg-hover"
        >
          {value === '' ? (
            <span className="flex-1 text-faint">Choose {oneOf(of)}…</span>
          ) : (
            <>
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              <span className="shrink-0 text-muted text-xs">{hint}</span>
            </>
          )}
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </button>
        {clearable && value !== '' ? (
          <IconButton
            label={`No ${noun}`}
            onClick={() => {
              onChange('');
              box.current?.focus();
            }}
          >
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : null}
      </div>
      {note === undefined ? null : (
        <p id={`${id}-note`} className="mt-1 text-muted text-xs">
          {note}
        </p>
      )}
    </div>
  );
}
