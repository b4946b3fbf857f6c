'use client';

import { Section } from '~/app/_components/section';
import type { QuotaRow } from '~/app/_trpc/types';
import { quotaOfType } from '~/server/domain/quota';
import { type Entry, QuotaBar, QuotaCell } from './quota-bar';
import { PER_TYPE } from './resource-words';

/** What a project may have of everything, has, and is about to have. */
export function QuotaView({ quota: { resources } }: { quota: QuotaRow }) {
  const counted = resources.filter((entry) => entry.volumeType === null);
  return (
    <>
      <Section title="Storage">
        <Bars entries={counted.filter((entry) => entry.service === 'volume')} />
      </Section>
      <Section title="Compute">
        <Bars entries={counted.filter((entry) => entry.service === 'compute')} />
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

function Bars({ entries }: { entries: readonly Entry[] }) {
  return (
    <ul className="@container divide-y rounded-md border bg-surface">
      {entries.map((entry) => (
        <QuotaBar key={entry.resource} entry={entry} />
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
    <div className="overflow-x-auto rounded-md border bg-surface">
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
                {type.name}
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
    </div>
  );
}
