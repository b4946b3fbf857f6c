'use client';

import { ChevronDown } from 'lucide-react';
import { Button } from '~/app/_components/button';
import { Menu } from '~/app/_components/menu';
import { nameOf } from '~/app/_entities/name';
import { useDialogs } from '~/app/_lib/dialogs';
import { useActor } from '~/app/_shell/session-provider';
import type { ServerRow } from '~/app/_trpc/types';
import { serverActionItems } from './server-action-items';

/** All that can be done to one server, on its page. */
export function ServerActionsMenu({ server }: { server: Pick<ServerRow, 'id' | 'facts' | 'host'> }) {
  const actor = useActor();
  const dialogs = useDialogs();
  return (
    <Menu
      button={(props) => (
        <Button aria-label={`Actions on ${nameOf(server.facts)}`} {...props}>
          Actions
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      )}
      items={() => serverActionItems(server, actor, (action) => dialogs.act({ action, serverId: server.id }))}
    />
  );
}
