import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { getQueryClient, Hydrate, trpc } from '~/app/_trpc/server';
import { AttachmentList } from './attachment-list';
import { attachmentListInput, loadAttachmentParams } from './search-params';

export const metadata: Metadata = { title: 'Attachments' };

export default async function AttachmentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.attachments, searchParams);
  const params = await loadAttachmentParams(searchParams);
  await getQueryClient().prefetchQuery(trpc.attachments.list.queryOptions(attachmentListInput(params)));
  return (
    <Hydrate>
      <AttachmentList />
    </Hydrate>
  );
}
