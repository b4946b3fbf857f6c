'use client';

import { clsx } from 'clsx';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text';
import { ScrollArea } from './scroll-area';

const SHOWN_MS = 1600;
/** As much of an id as a person needs to tell two apart. */
const SHORT = 8;

/** Copies, and says so for a moment. */
export function useCopy(): { copied: boolean; copy: (text: string) => void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  function copy(text: string) {
    void copyText(text).then(setCopied);
  }
  return { copied, copy };
}

/**
 * An id in the fixed-width face, that copies itself.
 * @param label what it is the id of, e.g. `ID of data-1`
 * @param full shows all of it instead of its first eight characters
 * @param shown shows this instead of the beginning
 */
export function CopyableId({
  id,
  label,
  full = false,
  shown = id.slice(0, SHORT),
}: {
  id: string;
  label: string;
  full?: boolean;
  shown?: string;
}) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={`Copy ${label}: ${id}`}
      data-hint={copied ? 'Copied' : full ? `Copy ${label}` : id}
      onClick={() => copy(id)}
      className="group/copy -mx-1 inline-flex min-h-6 max-w-full items-center gap-1.5 rounded px-1 font-mono text-muted text-xs hover:bg-hover hover:text-ink"
    >
      <span className="truncate">{full ? id : shown}</span>
      <Icon
        aria-hidden
        className={clsx(
          'size-3 shrink-0',
          copied
            ? 'text-ok'
            : 'text-faint opacity-60 group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100',
        )}
      />
    </button>
  );
}

/**
 * A piece of text to copy whole: a command, a request, a document.
 * @param tall for whole documents, which may take the height they need
 */
export function CodeBlock({ code, label, tall = false }: { code: string; label: string; tall?: boolean }) {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <div className="relative rounded-md border bg-sunken">
      <ScrollArea label={label} className={clsx('py-2 pr-10 pl-3', !tall && 'max-h-96')}>
        <pre className="whitespace-pre-wrap break-all font-mono text-ink text-xs leading-5">{code}</pre>
      </ScrollArea>
      <button
        type="button"
        aria-label={`Copy ${label}`}
        data-hint={copied ? 'Copied' : 'Copy'}
        onClick={() => copy(code)}
        className="absolute top-1.5 right-1.5 grid size-6 place-items-center rounded text-muted hover:bg-hover hover:text-ink"
      >
        <Icon aria-hidden className={clsx('size-3.5', copied && 'text-ok')} />
      </button>
    </div>
  );
}
