'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleX, Ellipsis } from 'lucide-react';
import { Button, IconButton } from '~/app/_components/button';
import { Menu } from '~/app/_components/menu';
import type { MenuItem } from '~/app/_components/menu-items';
import { actionsOn } from '~/app/_lib/action-noun';
import { useDialogs } from '~/app/_lib/dialogs';
import { useTRPC } from '~/app/_trpc/context';
import { failureOf } from '~/app/_trpc/errors';
import type { Noun } from '~/server/domain/engine/verb';
import { actionItems } from './action-items';

interface ActionObject {
  kind: Noun;
  id: string;
  name: string;
}

/**
 * All that can be done to one object, asked for when the menu opens.
 * @param look three dots in a row; a button that says so on a page
 * @param items what the row or page has besides: links, copying, verbs with dialogs of their own; shown first
 */
export function ObjectActionsMenu({
  object,
  look = 'row',
  items = nothing,
}: {
  object: ActionObject;
  look?: 'row' | 'page';
  items?: () => readonly MenuItem[];
}) {
  const useItems = () => useActionItems(object);
  return (
    <Menu
      button={(props) =>
        look === 'row' ? (
          <IconButton label={`More for ${object.name}`} size="iconSmall" {...props}>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        ) : (
          <Button aria-label={`Actions on ${object.name}`} {...props}>
            Actions
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        )
      }
      items={() => {
        const first = items();
        return [...first, ...(first.length === 0 ? [] : [LINE]), { kind: 'later', useItems }];
      }}
    />
  );
}

const LINE = { kind: 'line' } as const;

function nothing(): readonly MenuItem[] {
  return [];
}

/** What the rules say of each action at this moment, as items; a skeleton of as many until they have answered. */
function useActionItems({ kind, id, name }: ActionObject): readonly MenuItem[] {
  const trpc = useTRPC();
  const dialogs = useDialogs();
  const explained = useQuery(trpc.actions.explain.queryOptions({ kind, id }, { staleTime: 0 }));
  if (explained.data !== undefined) {
    return actionItems(explained.data.actions, name, (action) => dialogs.act({ action, id }));
  }
  if (explained.error !== null) {
    const { message, requestId } = failureOf(explained.error);
    return [
      {
        kind: 'action',
        label: 'What can be done is not known',
        icon: CircleX,
        refusals: [
          {
            rule: 'console.unexplained',
            code: 'not_found',
            message: requestId === null ? message : `${message} (request ${requestId})`,
          },
        ],
        onAct: () => undefined,
      },
    ];
  }
  return [{ kind: 'waiting', count: actionsOn(kind).length }];
}
