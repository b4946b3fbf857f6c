'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { bulkOf } from '~/app/_actions/bulk-of';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { attachmentTitle } from '~/app/_entities/attachment-state';
import { AttachAction } from '~/app/_shell/attach-action';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import type { AttachmentRow } from '~/app/_trpc/types';
import { attachmentFilters } from './attachment-filters';
import { attachmentColumns } from './columns';
import { type AttachmentSort, attachmentListInput, attachmentParams } from './search-params';

const ATTACHMENTS: ListDefinition<AttachmentRow, AttachmentSort> = {
  title: 'Attachments',
  columns: attachmentColumns,
  minWidth: { one: 66, all: 74 },
  Drawer: dynamic(() => import('./attachment-drawer').then((file) => file.AttachmentDrawer), { ssr: false }),
  action: <AttachAction />,
  bulk: { name: attachmentTitle, Bar: bulkOf('attachment') },
  empty: {
    icon: Link2,
    title: 'Nothing is attached',
    text: 'Attach a volume to a server, and it shows here.',
  },
};

/** All attachments of the project, or of all projects: each with both of its ends. */
export function AttachmentList() {
  const [params, set] = useQueryStates(attachmentParams);
  const filters = attachmentFilters(params, set);
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = attachmentListInput(params);
  const query = useQuery(trpc.attachments.list.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <ObjectList
      definition={ATTACHMENTS}
      params={params}
      set={set}
      filters={filters}
      source={{
        query,
        pages: {
          kind: 'attachment',
          queryKey: trpc.attachments.list.queryKey(input),
          ask: () => client.attachments.list.query(input),
        },
      }}
    />
  );
}
