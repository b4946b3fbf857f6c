import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { attachmentTitle } from '~/app/_entities/attachment-state';

import { paths } from '~/app/_lib/paths';
import { currentSession, requireSession } from '~/app/_lib/session';
import { found, getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { AttachmentPage } from './attachment-page';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

const read = cache((id: string) =>
  found(() => getQueryClient().fetchQuery(trpc.attachments.get.queryOptions({ id }))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  if ((await currentSession()) === null) return {};
  const attachment = await read((await params).id);
  return { title: attachment === null ? 'Not found' : attachmentTitle(attachment) };
}

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;
  await requireSession(paths.attachment(id), searchParams);
  if ((await read(id)) === null) notFound();
  return (
    <Hydrate>
      <AttachmentPage id={id} />
    </Hydrate>
  );
}
