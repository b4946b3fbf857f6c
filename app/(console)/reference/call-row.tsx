'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { CallDetails } from './call-details';
import type { Call } from './read-document';
import { spanWords } from './span-words';

const INK: Readonly<Record<string, string>> = {
  GET: 'text-progress',
  HEAD: 'text-muted',
  POST: 'text-ok',
  PUT: 'text-attention',
  PATCH: 'text-attention',
  DELETE: 'text-error',
};

/** One call as a line that opens. */
export function CallRow({ call, open, onToggle }: { call: Call; open: boolean; onToggle: () => void }) {
  const details = useId();
  const span = spanWords(call);
  return (
    <li>
      <h3>
        <button
          type="button"
          aria-expanded={open}
          {...(open ? { 'aria-controls': details } : {})}
          onClick={onToggle}
          className={clsx(
            'grid w-full grid-cols-[auto_3.75rem_1fr] items-baseline gap-x-2 gap-y-0.5 px-3 py-2 text-left text-sm hover:bg-hover lg:grid-cols-[auto_3.75rem_minmax(0,3fr)_minmax(0,2fr)_5.5rem]',
            open && 'bg-selected',
          )}
        >
          <ChevronRight
            aria-hidden
            className={clsx(
              'mt-0.5 size-3.5 self-start text-faint transition-transform',
              open && 'rotate-90',
            )}
          />
          <span className={clsx('font-medium font-mono text-xs', INK[call.method])}>{call.method}</span>
          <span className="min-w-0 break-words font-mono text-xs leading-5">
            <Address path={call.path} />
            {call.action === null ? null : <span className="text-accent-ink"> {call.action}</span>}
          </span>
          <span className="col-start-3 min-w-0 text-muted lg:col-start-auto">{call.summary}</span>
          <span className="col-start-3 whitespace-nowrap text-faint text-xs lg:col-start-auto lg:text-right">
            {span}
          </span>
        </button>
      </h3>
      {open ? (
        <div id={details}>
          <CallDetails call={call} />
        </div>
      ) : null}
    </li>
  );
}

/** May break after each slash, and nowhere else. */
function Address({ path }: { path: string }) {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((part, at) => (
    <span key={parts.slice(0, at + 1).join('/')}>
      /<wbr />
      <span className={clsx(part.startsWith('{') && 'text-faint')}>{part}</span>
    </span>
  ));
}
