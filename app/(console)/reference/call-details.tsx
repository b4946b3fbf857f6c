'use client';

import { type ReactNode, useState } from 'react';
import { CodeBlock } from '~/app/_components/copyable';
import { exampleCommand } from './example-command';
import { FieldTable } from './field-table';
import type { Body, Call } from './read-document';
import { about, fieldLines } from './schema-fields';
import { spanWords } from './span-words';

/** All about one call: what it takes, what it answers, and how it is made from a shell. */
export function CallDetails({ call }: { call: Call }) {
  const [chosen, choose] = useState(call.bodies.length - 1);
  const body = call.bodies[chosen] ?? null;
  const lines = body === null ? [] : fieldLines(body.schema);
  return (
    <div className="grid gap-5 border-t bg-canvas px-4 py-4 sm:px-5">
      {call.parameters.length > 0 ? (
        <Part title="Parameters">
          <FieldTable
            caption="Parameters"
            fields={call.parameters.map(({ name, place, required, schema, note }) => {
              const { type, limits } = about(schema);
              const where = place === 'path' ? 'in the address' : 'in the query';
              return {
                name,
                required,
                type: `${type}, ${where}`,
                note: [limits, note].filter(Boolean).join('; '),
              };
            })}
          />
        </Part>
      ) : null}
      {body === null ? null : (
        <Part title="Body" beside={<Versions bodies={call.bodies} chosen={chosen} onChoose={choose} />}>
          {lines.length === 0 ? (
            <p className="text-muted text-sm">Whatever JSON it holds is not looked at.</p>
          ) : (
            <FieldTable
              caption="Body"
              fields={lines.map(({ limits, ...line }) => ({ ...line, note: limits }))}
            />
          )}
        </Part>
      )}
      <Part title="Answers">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
          {call.answers.map(({ status, meaning }) => (
            <div key={status} className="contents">
              <dt className="font-mono text-xs leading-5">{status}</dt>
              <dd className="text-muted">{meaning.replaceAll('`', '')}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title="Example">
        <CodeBlock code={exampleCommand(call, window.location.origin, body)} label="curl command" />
      </Part>
    </div>
  );
}

function Part({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <div className="mb-1.5 flex min-h-7 flex-wrap items-center justify-between gap-2">
        <h4 className="font-medium text-xs text-muted">{title}</h4>
        {beside}
      </div>
      {children}
    </div>
  );
}

/** Versions differ in what they take; nothing to choose where there is one. */
function Versions({
  bodies,
  chosen,
  onChoose,
}: {
  bodies: readonly Body[];
  chosen: number;
  onChoose: (at: number) => void;
}) {
  if (bodies.length < 2) return null;
  return (
    <select
      aria-label="Version of the body"
      value={chosen}
      onChange={(event) => onChoose(Number(event.target.value))}
      className="h-7 rounded-md border border-control bg-surface px-2 text-xs"
    >
      {bodies.map((body, at) => (
        <option key={`${body.since}`} value={at}>
          {spanWords(body) || 'every version'}
        </option>
      ))}
    </select>
  );
}
