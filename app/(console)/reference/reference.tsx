'use client';

import { useQuery } from '@tanstack/react-query';
import { BookOpen } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { Button } from '~/app/_components/button';
import { EmptyState } from '~/app/_components/empty-state';
import { Facet } from '~/app/_components/facet';
import { FailureNotice } from '~/app/_components/failure-notice';
import { SearchField } from '~/app/_components/search-field';
import { SKELETON } from '~/app/_components/skeleton';
import { paths } from '~/app/_lib/paths';
import { CallRow } from './call-row';
import { type Call, callsOf, matches, type OpenApi } from './read-document';
import { referenceParams, SERVICES } from './search-params';

const TITLES: Readonly<Record<(typeof SERVICES)[number], string>> = {
  identity: 'Identity',
  compute: 'Compute',
  volume: 'Block storage',
  image: 'Images',
};

async function readDocument(): Promise<OpenApi> {
  const response = await fetch(paths.openApi);
  if (!response.ok) throw new Error(`The document could not be read: ${response.status}.`);
  return response.json();
}

/** Every call of the APIs, by service; found by its address or by what it does. */
export function Reference() {
  const [{ q, api, call: openCall }, set] = useQueryStates(referenceParams);
  const query = useQuery({
    queryKey: ['openapi'],
    queryFn: readDocument,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) {
    return (
      <FailureNotice
        error={query.error}
        what="The reference could not be read"
        onRetry={() => query.refetch()}
      />
    );
  }
  const found = query.data === undefined ? [] : callsOf(query.data).filter((call) => matches(call, q.trim()));
  const shown = SERVICES.filter((name) => api.length === 0 || api.includes(name));
  const count = found.filter(({ service }) => shown.some((name) => name === service)).length;
  return (
    <>
      <div className="sticky top-0 z-10 -mx-4 mb-4 flex flex-wrap items-center gap-2 border-b bg-canvas px-4 py-2.5 sm:-mx-5 sm:px-5">
        <SearchField
          label="Search the reference"
          value={q}
          onChange={(text) => set({ q: text === '' ? null : text })}
        />
        <Facet
          label="Service"
          options={SERVICES.map((value) => ({ value, label: TITLES[value] }))}
          values={api}
          onChange={(values) => set({ api: SERVICES.filter((name) => values.includes(name)) })}
        />
        {query.data === undefined ? null : (
          <p role="status" className="ml-auto text-faint text-sm tabular-nums">
            {count === 1 ? '1 call' : `${count} calls`}
          </p>
        )}
      </div>
      {query.data === undefined ? <Waiting /> : null}
      {query.data !== undefined && count === 0 ? (
        <div className="grid place-items-center py-16">
          <EmptyState
            icon={BookOpen}
            title="No calls match"
            action={<Button onClick={() => set({ q: null, api: null })}>Clear search and filters</Button>}
          >
            Search by a part of the address, the name of an action, or what it does.
          </EmptyState>
        </div>
      ) : null}
      {shown.map((name) => (
        <ServiceCalls
          key={name}
          title={TITLES[name]}
          about={query.data?.tags.find((tag) => tag.name === name)?.description ?? ''}
          calls={found.filter(({ service }) => service === name)}
          openCall={openCall}
          onToggle={(id) => set({ call: id === openCall ? null : id })}
        />
      ))}
    </>
  );
}

function ServiceCalls({
  title,
  about,
  calls,
  openCall,
  onToggle,
}: {
  title: string;
  about: string;
  calls: readonly Call[];
  openCall: string | null;
  onToggle: (id: string) => void;
}) {
  if (calls.length === 0) return null;
  return (
    <section aria-label={title} className="mb-8">
      <h2 className="font-medium">{title}</h2>
      <p className="mb-2 max-w-prose text-muted text-sm">{about.replaceAll('`', '')}</p>
      <ul className="divide-y overflow-hidden rounded-md border bg-surface">
        {calls.map((call) => (
          <CallRow key={call.id} call={call} open={call.id === openCall} onToggle={() => onToggle(call.id)} />
        ))}
      </ul>
    </section>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className="space-y-2">
      <p className="sr-only">Loading</p>
      {SKELETON.slice(0, 16).map((name) => (
        <div key={name} className="h-7 rounded-md bg-sunken" />
      ))}
    </div>
  );
}
