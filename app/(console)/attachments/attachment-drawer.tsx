'use client';

import { useQuery } from '@tanstack/react-query';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { attachmentTitle } from '~/app/_entities/attachment-state';
import { OneThing } from '~/app/_entities/one-thing';
import { Timeline } from '~/app/_entities/timeline';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { AttachmentFactList } from './attachment-facts';
import { DetachButton } from './detach-button';

const RECENT = 5;

/** A look at one attachment beside the list. */
export function AttachmentDrawer({
  id,
  onClose,
  onMove,
  returnTo,
}: {
  id: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.attachments.get.queryOptions({ id }));
  return (
    <Drawer
      kind="Attachment"
      title={query.data === undefined ? 'Attachment' : attachmentTitle(query.data)}
      href={paths.attachment(id)}
      onClose={onClose}
      onMove={onMove}
      returnTo={returnTo}
    >
      <OneThing noun="attachment" query={query}>
        {(row) => (
          <>
            <Section title="Overview" action={<DetachButton row={row} size="small" />}>
              <AttachmentFactList row={row} />
            </Section>
            <Section title="Recent operations">
              <Timeline about={{ attachmentId: id }} limit={RECENT} />
            </Section>
          </>
        )}
      </OneThing>
    </Drawer>
  );
}
