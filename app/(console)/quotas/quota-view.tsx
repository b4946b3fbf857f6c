'use client';

import Link from 'next/link';
import { ScrollArea } from '~/app/_components/scroll-area';
import { Section } from '~/app/_components/section';
import { paths } from '~/app/_lib/paths';
import { useSession } from '~/app/_shell/session-provider';
import type { QuotaRow } from '~/app/_trpc/types';
import { quotaOfType } from '~/server/domain/quota';
import { type Entry, QuotaBar, QuotaCell } from './quota-bar';
import { PER_TYPE } from './resource-words';

/** What a project may have of everything, has, and is about to have. */
export function QuotaView({ quota: { project, resources } }: { quota: QuotaRow }) {
  const own = useSession().project.id === project.id;
  const counted = resources.filter((entry) => entry.volumeType === null);
  return (
    <>
      <Section title="Storage">
        <Bars own={own} entries={counted.filter((entry) => entry.service === 'volume')} />
      </Section>
      <Section title="Compute">
        <Bars own={own} entries={counted.filter((entry) => entry.service === 'compute')} />
      </Section>
      <Section title="By volume type">
        <TypeTable entries={resources} />
      </Section>
      <p className="text-muted text-xs">
        {resources.some((entry) => entry.reserved > 0)
          ? 'After a plus: what running operations have reserved; it is used, or free again, when they end. '
          : ''}
        Where there is no bar, there is no limit.
      </p>
    </>
  );
}

/** @param own whether the lists of this console are of the same project */
function Bars({ entries, own }: { entries: readonly Entry[]; own: boolean }) {
  return (
    <ul className="@container divide-y rounded-md border bg-surface">
      {entries.map((entry) => (
        <QuotaBar key={entry.resource} entry={entry} linked={own} />
      ))}
    </ul>
  );
}

function TypeTable({ entries }: { entries: readonly Entry[] }) {
  const types = new Map(
    entries.flatMap(({ volumeType }) => (volumeType === null ? [] : [[volumeType.id, volumeType] as const])),
  );
  const byName = new Map(entries.map((entry) => [entry.resource, entry]));
  if (types.size === 0) {
    return <p className="text-muted text-sm">No volume type is limited by itself, and none is used.</p>;
  }
  return (
    <ScrollArea label="Quota by volume type" className="rounded-md border bg-surface">
      <table aria-label="Quota by volume type" className="w-full min-w-xl table-fixed text-sm">
        <thead>
          <tr className="bg-canvas text-left text-muted text-xs">
            {['Type', ...PER_TYPE.map(({ label }) => label)].map((header) => (
              <th key={header} scope="col" className="h-9 border-b px-3 font-medium">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...types.values()].map((type) => (
            <tr key={type.id} className="[&:not(:last-child)>*]:border-b">
              <th scope="row" className="h-9 truncate px-3 text-left font-normal">
                <Link
                  href={paths.volumeType(type.id)}
                  prefetch={false}
                  className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
                >
                  {type.name}
                </Link>
              </th>
              {PER_TYPE.map(({ resource }) => (
                <td key={resource} className="px-3">
                  <QuotaCell entry={byName.get(quotaOfType(resource, type.name))} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
