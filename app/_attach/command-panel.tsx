'use client';

import { ChevronRight } from 'lucide-react';
import { CodeBlock } from '~/app/_components/copyable';

export interface Spoken {
  command: string;
  request: { method: string; path: string; body: object | null };
}

/** The same action for a terminal and for a program. */
export function CommandPanel({ command, request }: Spoken) {
  const { method, path, body } = request;
  const text = `${method} ${path}${body === null ? '' : `\n\n${JSON.stringify(body, null, 2)}`}`;
  return (
    <details className="group text-sm">
      <summary className="-mx-1 inline-flex min-h-6 list-none items-center gap-1 rounded px-1 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        Command and request
      </summary>
      <div className="mt-2 space-y-2">
        <CodeBlock code={command} label="openstack command" />
        <CodeBlock code={text} label="API request" />
      </div>
    </details>
  );
}
