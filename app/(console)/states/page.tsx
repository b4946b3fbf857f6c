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
    <div className="mx-auto w-full max-w-5xl px-4 py-5 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">States</h1>
      <p className="mt-1 mb-6 max-w-prose text-muted text-sm">
        What leads from one state to another. While an action runs, the thing is in the state in between, and
        one operation sees to it that this ends.
      </p>
      {THINGS_WITH_STATES.map((thing) => (
        <Section key={thing} title={TITLES[thing]}>
          <WayTable caption={`States of ${TITLES[thing].toLowerCase()}`} ways={waysOf(thing)} />
        </Section>
      ))}
    </div>
  );
}
