import { clsx } from 'clsx';
import { ScrollArea } from '~/app/_components/scroll-area';

const cell = 'px-3 py-1.5 text-left align-baseline';

const TITLES = ['Name', 'What it is', 'Limits'];

export interface Field {
  name: string;
  type: string;
  required: boolean;
  note: string;
}

/** What may be given, one thing a line. */
export function FieldTable({ caption, fields }: { caption: string; fields: readonly Field[] }) {
  return (
    <ScrollArea label={caption} className="rounded-md border bg-surface">
      <table className="w-full min-w-150 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b bg-sunken text-muted text-xs">
          <tr>
            {TITLES.map((title) => (
              <th key={title} scope="col" className={`${cell} w-1/3 font-medium`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {fields.map(({ name, type, required, note }) => (
            <tr key={name}>
              <th scope="row" className={clsx(cell, 'font-normal')}>
                <code className="whitespace-nowrap font-mono text-xs leading-5">{name}</code>
                {required ? (
                  <span className="ml-2 whitespace-nowrap text-attention text-xs">required</span>
                ) : null}
              </th>
              <td className={cell}>{type}</td>
              <td className={clsx(cell, 'text-muted')}>{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
