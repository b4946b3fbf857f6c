import { ArrowRight } from 'lucide-react';
import type { OperationDetail } from '~/app/_trpc/types';

interface Entry {
  name: string;
  before: string | null;
  after: string | null;
}

/** @returns e.g. `attach status` for `attachStatus` */
function inWords(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Leaves of a document with their paths, e.g. `volume status`. */
function leaves(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, inWords(key)]));
  }
  return [[path.join(' '), value === null ? 'none' : String(value)]];
}

function compare({ before, after }: Pick<OperationDetail, 'before' | 'after'>): Entry[] {
  const was = new Map(leaves(before));
  const is = new Map(after === null ? [] : leaves(after));
  return [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    name,
    before: was.get(name) ?? null,
    after: is.get(name) ?? null,
  }));
}

/** States before and after an operation, side by side. */
export function StateChange({
  operation,
}: {
  operation: Pick<OperationDetail, 'before' | 'after' | 'outcome'>;
}) {
  const entries = compare(operation);
  if (entries.length === 0) return <p className="text-muted text-sm">No states were recorded.</p>;
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-left text-muted text-xs">
          <th scope="col" className="h-8 border-b font-medium">
            State
          </th>
          <th scope="col" className="border-b font-medium">
            Before
          </th>
          <th scope="col" className="border-b font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row" className="h-8 border-b pr-3 text-left font-normal text-muted">
              {name}
            </th>
            <td className="border-b pr-3">{before ?? '–'}</td>
            <td className="border-b">
              {after === null ? (
                <span className="text-muted">{operation.outcome === 'running' ? 'not yet' : '–'}</span>
              ) : after === before ? (
                <span className="text-muted">the same</span>
              ) : (
                <span className="inline-flex items-center gap-1.5 font-medium">
                  <ArrowRight aria-hidden className="size-3 text-faint" />
                  {after}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
