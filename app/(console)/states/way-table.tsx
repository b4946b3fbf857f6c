import { ScrollArea } from '~/app/_components/scroll-area';
import type { Way } from '~/server/domain/state-diagrams';

const cell = 'px-3 py-2 text-left align-top';

function StateNames({ names }: { names: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-2">
      {names.map((name) => (
        <code key={name} className="whitespace-nowrap font-mono text-xs leading-5">
          {name}
        </code>
      ))}
    </span>
  );
}

/** Every action that changes a state: from where, by way of what, to where. */
export function WayTable({ caption, ways }: { caption: string; ways: readonly Way[] }) {
  return (
    <ScrollArea label={caption} className="rounded-md border">
      <table className="w-full min-w-160 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="border-b bg-sunken text-muted">
          <tr>
            {['Action', 'From', 'Meanwhile', 'Afterwards', 'If it fails'].map((title) => (
              <th key={title} scope="col" className={`${cell} font-medium`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {ways.map(({ action, label, from, during, done, failed }) => (
            <tr key={action}>
              <th scope="row" className={`${cell} font-medium`}>
                {label}
              </th>
              <td className={cell}>
                {from === null ? 'any state' : from.length === 0 ? 'nothing' : <StateNames names={from} />}
              </td>
              <td className={cell}>{during === null ? 'at once' : <StateNames names={[during]} />}</td>
              <td className={cell}>{done === null ? 'as before' : <StateNames names={[done]} />}</td>
              <td className={cell}>{failed === null ? 'as before' : <StateNames names={[failed]} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
