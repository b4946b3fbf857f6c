'use client';

import { clsx } from 'clsx';
import { CircleAlert, Search } from 'lucide-react';
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useDebounced } from '~/app/_lib/use-debounced';

export interface PickerOption {
  id: string;
  name: string;
  /** What tells it from others: status, size, place. */
  about: ReactNode;
  /** First reason why it will not do; it can be chosen all the same, to see all reasons and the way out. */
  refused: string | null;
}

interface Found {
  options: readonly PickerOption[];
  loading: boolean;
  error: string | null;
  /** Fetches more, while there are more. */
  more: (() => void) | null;
}

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

function OptionList({
  id,
  label,
  found,
  active,
  onPick,
  onHover,
}: {
  id: string;
  label: string;
  found: Found;
  active: number;
  onPick: (id: string) => void;
  onHover: (id: string) => void;
}) {
  const { options, more } = found;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div className="border-t">
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        tabIndex={-1}
        onScroll={({ currentTarget: box }) => {
          if (box.scrollTop + box.clientHeight > box.scrollHeight - 120) more?.();
        }}
        className={clsx(
          'max-h-60 min-h-20 overflow-y-auto p-1',
          found.loading && options.length > 0 && 'opacity-60',
        )}
      >
        {options.map((option, index) => (
          <OptionRow
            key={option.id}
            id={`${id}-${option.id}`}
            option={option}
            active={index === active}
            onPick={onPick}
            onHover={onHover}
          />
        ))}
      </div>
      {options.length > 0 ? null : (
        <p className="-mt-14 px-3 pb-6 text-center text-muted text-sm">
          {found.error ?? (found.loading ? 'Searching…' : 'Nothing found')}
        </p>
      )}
    </div>
  );
}

function OptionRow({
  id,
  option,
  active,
  onPick,
  onHover,
}: {
  id: string;
  option: PickerOption;
  active: boolean;
  onPick: (id: string) => void;
  onHover: (id: string) => void;
}) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={() => {
        if (!active) onHover(option.id);
      }}
      // Not click: the press would first take the focus out of the search.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onPick(option.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onPick(option.id);
      }}
      className={clsx('cursor-pointer rounded px-2 py-1 text-sm', active && 'bg-hover')}
    >
      <span className="flex min-h-5 items-center gap-2">
        <span
          className={clsx('min-w-0 flex-1 truncate', option.refused === null ? 'font-medium' : 'text-muted')}
        >
          {option.name}
        </span>
        <span className="flex shrink-0 items-center gap-2.5 text-muted text-xs">{option.about}</span>
      </span>
      {option.refused === null ? null : (
        <span className="flex items-start gap-1 text-muted text-xs">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0 text-attention" />
          <span className="min-w-0 break-words">{option.refused}</span>
        </span>
      )}
    </div>
  );
}
