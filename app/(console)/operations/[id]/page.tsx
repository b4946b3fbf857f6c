import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { operationTitle } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { currentSession, requireSession } from '~/app/_lib/session';
import { found, getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { OperationPage } from './operation-page';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

const read = cache((id: string) =>
  found(() => getQueryClient().fetchQuery(trpc.operations.get.queryOptions({ id }))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if ((await currentSession()) === null) return {};
  const operation = await read((await params).id);
  return { title: operation === null ? 'Not found' : operationTitle(operation) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await requireSession(paths.operation(id), searchParams);
  if ((await read(id)) === null) notFound();
  return (
    <Hydrate>
      <OperationPage id={id} />
    </Hydrate>
  );
}
