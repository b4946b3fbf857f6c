'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { attachmentTitle } from '~/app/_entities/attachment-state';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachmentFactList } from './attachment-facts';
import { DetachButton } from './detach-button';

const RECENT = 5;

/** A look at one attachment beside the list. */
export function AttachmentDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.attachments.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Attachment"
      href={paths.attachment(id)}
      query={query}
      title={attachmentTitle}
      place={place}
    >
      {(row) => (
        <>
          <Section
            title="Overview"
            action={
              <span className="flex items-center gap-1">
                <DetachButton row={row} size="small" />
                <ObjectActionsMenu object={{ kind: 'attachment', id, name: attachmentTitle(row) }} />
              </span>
            }
          >
            <AttachmentFactList row={row} />
          </Section>
          <Section title="Recent operations">
            <Timeline about={{ attachmentId: id }} limit={RECENT} />
          </Section>
        </>
      )}
    </ObjectDrawer>
  );
}
