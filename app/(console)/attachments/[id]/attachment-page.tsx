'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { StatusBadge } from '~/app/_components/status-badge';
import { attachmentState, attachmentTitle, disagreements } from '~/app/_entities/attachment-state';
import { BrokenBadge } from '~/app/_entities/broken-badge';
import { overviewTab, rawTab, timelineTab } from '~/app/_entities/detail-tabs';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachmentFactList } from '../attachment-facts';
import { DetachButton } from '../detach-button';

/** One attachment, with both of its sides. */
export function AttachmentPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.attachments.get.queryOptions({ id }));
  return (
    <OneThing noun="attachment" query={query}>
      {(row) => {
        const { status, family, since } = attachmentState(row);
        return (
          <DetailPage
            parent={{ href: paths.attachments, label: 'Attachments' }}
            title={attachmentTitle(row)}
            status={
              <>
                <StatusBadge pill status={status} family={family} since={since} />
                <BrokenBadge sentences={disagreements(row)} />
              </>
            }
            action={
              <>
                <ObjectActionsMenu
                  object={{ kind: 'attachment', id, name: attachmentTitle(row) }}
                  look="page"
                />
                <DetachButton row={row} size="medium" />
              </>
            }
            tabs={[
              overviewTab(<AttachmentFactList row={row} />),
              timelineTab({ attachmentId: id }),
              rawTab('attachment', row),
            ]}
          />
        );
      }}
    </OneThing>
  );
}
