import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { nameOf } from '~/app/_entities/name';
import { paths } from '~/app/_lib/paths';
import { currentSession, requireSession } from '~/app/_lib/session';
import { found, getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { VolumePage } from './volume-page';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

const read = cache((id: string) =>
  found(() => getQueryClient().fetchQuery(trpc.volumes.get.queryOptions({ id }))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if ((await currentSession()) === null) return {};
  const volume = await read((await params).id);
  return { title: volume === null ? 'Not found' : nameOf(volume.facts) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await requireSession(paths.volume(id), searchParams);
  if ((await read(id)) === null) notFound();
  return (
    <Hydrate>
      <VolumePage id={id} />
    </Hydrate>
  );
}
