import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { Section } from '~/app/_components/section';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { THINGS_WITH_STATES, waysOf } from '~/server/domain/state-diagrams';
import { WayTable } from './way-table';

export const metadata: Metadata = { title: 'States' };

const TITLES = {
  volume: 'Volumes',
  attachment: 'Attachments',
  snapshot: 'Snapshots',
  server: 'Servers',
} as const satisfies Record<(typeof THINGS_WITH_STATES)[number], string>;

export default async function StatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.states, searchParams);
  return (
    <div className="w-full max-w-5xl px-4 py-3 sm:px-5">
      <h1 className="font-semibold text-lg tracking-tight">States</h1>
      <p className="mt-1 max-w-prose text-muted text-sm">
        What leads from one state to another. While an action runs, the thing is in the state in between, and
        one operation sees to it that this ends.
      </p>
      {/* It is long, and would else have nothing that takes the focus: the keyboard could not scroll it. */}
      <nav aria-label="On this page" className="mt-2 mb-6 flex flex-wrap gap-x-4 text-sm">
        {THINGS_WITH_STATES.map((thing) => (
          <a
            key={thing}
            href={`#${thing}`}
            className="inline-flex min-h-6 items-center rounded text-accent-ink underline underline-offset-2"
          >
            {TITLES[thing]}
          </a>
        ))}
      </nav>
      {THINGS_WITH_STATES.map((thing) => (
        <div key={thing} id={thing} className="mb-7 scroll-mt-3 last:mb-0">
          <Section title={TITLES[thing]}>
            <WayTable caption={`States of ${TITLES[thing].toLowerCase()}`} ways={waysOf(thing)} />
          </Section>
        </div>
      ))}
    </div>
  );
}
