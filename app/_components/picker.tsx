'use client';

import { Search } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useDebounced } from '~/app/_lib/use-debounced';
import { type Found, OptionList } from './picker-options';

const WAIT_MS = 200;

/**
 * Finds one among thousands: the server searches, the list shows what was found and fetches on as one scrolls.
 * @param useOptions reads the options for a search text
 */
export function Picker({
  label,
  placeholder,
  useOptions,
  onPick,
  inputRef,
}: {
  label: string;
  placeholder: string;
  useOptions: (search: string) => Found;
  onPick: (id: string) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = useOptions(useDebounced(text.trim(), WAIT_MS));
  const { options } = found;
  const active = Math.max(
    0,
    options.findIndex((option) => option.id === activeId),
  );

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = options[Math.min(options.length - 1, Math.max(0, active + step))];
      if (next !== undefined) setActiveId(next.id);
      if (active + step >= options.length - 2) found.more?.();
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = options[active];
      if (chosen !== undefined) onPick(chosen.id);
    }
  }

  return (
    <div>
      <label htmlFor={`${id}-input`} className="mb-1 block font-medium text-sm">
        {label}
      </label>
      <div className="overflow-hidden rounded-md border border-control bg-surface focus-within:outline-2 focus-within:outline-focus">
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
          <input
            ref={inputRef}
            id={`${id}-input`}
            type="text"
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={options[active] === undefined ? undefined : `${id}-${options[active].id}`}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActiveId(null);
            }}
            onKeyDown={onKeyDown}
            className="h-8 w-full bg-transparent pr-3 pl-8 text-sm outline-none placeholder:text-faint"
          />
        </div>
        <OptionList
          id={id}
          label={label}
          found={found}
          active={active}
          onPick={onPick}
          onHover={setActiveId}
        />
      </div>
      <p role="status" className="sr-only">
        {found.loading ? 'Searching' : `${options.length}${found.more === null ? '' : ' or more'} found`}
      </p>
    </div>
  );
}
