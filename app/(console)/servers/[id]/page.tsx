import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { currentSession, requireSession } from '~/app/_lib/session';
import { found, getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { ServerPage } from './server-page';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

const read = cache((id: string) =>
  found(() => getQueryClient().fetchQuery(trpc.servers.get.queryOptions({ id }))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if ((await currentSession()) === null) return {};
  const server = await read((await params).id);
  return { title: server === null ? 'Not found' : nameOf(server.facts) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await requireSession(paths.server(id), searchParams);
  if ((await read(id)) === null) notFound();
  return (
    <Hydrate>
      <ServerPage id={id} />
    </Hydrate>
  );
}
