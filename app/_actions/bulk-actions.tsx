'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { ActionButton } from '~/app/_components/action-button';
import { Button } from '~/app/_components/button';
import { Menu } from '~/app/_components/menu';
import { NOUN_WORDS } from '~/app/_lib/action-noun';
import { useTRPC } from '~/app/_trpc/context';
import { ACTIONS } from '~/server/domain/action';
import type { Refusal } from '~/server/domain/refusal';
import { ACTION_LOOKS } from './action-looks';
import { type BulkChoice, type BulkNoun, type BulkObject, bulkChoices, counted } from './bulk-choice';
import { BulkDialog } from './bulk-dialog';

/** As many as one call takes. */
const MOST = 200;
const IN_PLAIN_SIGHT = 3;

/** What can be done with all that is selected in a list, and for how many of them each action is possible. */
export function BulkActions({
  kind,
  objects,
  onClear,
}: {
  kind: BulkNoun;
  objects: readonly BulkObject[];
  onClear: () => void;
}) {
  const trpc = useTRPC();
  const [wanted, setWanted] = useState<BulkChoice['action'] | null>(null);
  const [open, setOpen] = useState<BulkChoice | null>(null);
  const asked = objects.slice(0, MOST);
  const explained = useQuery(
    trpc.actions.explainMany.queryOptions(
      { kind, ids: asked.map(({ id }) => id) },
      { staleTime: 0, placeholderData: keepPreviousData },
    ),
  );
  const noun = NOUN_WORDS[kind];
  const choices = explained.data === undefined ? [] : bulkChoices(kind, asked, explained.data);
  // What is shown may be about fewer than are selected by now: the dialog waits until all have been asked about.
  if (wanted !== null && explained.data !== undefined && !explained.isPlaceholderData) {
    const choice = choices.find(({ action }) => action === wanted);
    setWanted(null);
    setOpen(choice === undefined || choice.possible.length === 0 ? null : choice);
  }
  const inSight = choices.slice(0, IN_PLAIN_SIGHT);

  return (
    <section aria-label="Selected" className="flex min-h-8 flex-1 flex-wrap items-center gap-2">
      <p role="status" className="font-medium text-sm tabular-nums">
        {objects.length.toLocaleString()} selected
        {objects.length > MOST ? ` (the first ${MOST} count)` : ''}
      </p>
      {inSight.map((choice) => (
        <ActionButton
          key={choice.action}
          size="small"
          title={titleOf(choice, noun)}
          refusals={refusalOf(choice, noun)}
          onAct={() => setWanted(choice.action)}
        >
          {ACTIONS[choice.action].label}
          <span className="text-muted tabular-nums">
            {choice.possible.length}
            <span className="sr-only"> of {counted(asked.length, noun)}</span>
          </span>
        </ActionButton>
      ))}
      {choices.length > IN_PLAIN_SIGHT ? (
        <Menu
          align="start"
          button={(props) => (
            <Button size="small" aria-label="More for what is selected" {...props}>
              More
              <ChevronDown aria-hidden className="size-3" />
            </Button>
          )}
          items={() =>
            choices.slice(IN_PLAIN_SIGHT).map((choice) => ({
              kind: 'action',
              label: `${ACTIONS[choice.action].label}: ${choice.possible.length} of ${asked.length}…`,
              title: titleOf(choice, noun),
              icon: ACTION_LOOKS[choice.action].icon,
              danger: ACTIONS[choice.action].danger,
              refusals: refusalOf(choice, noun),
              onAct: () => setWanted(choice.action),
            }))
          }
        />
      ) : null}
      <Button look="ghost" size="small" onClick={onClear}>
        <X aria-hidden className="size-3" />
        Clear<span className="sr-only"> the selection</span>
      </Button>
      {open === null ? null : (
        <BulkDialog key={open.action} choice={open} noun={noun} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}

function titleOf({ action, possible, refused }: BulkChoice, noun: string): string {
  return `${ACTIONS[action].label} ${counted(possible.length + refused.length, noun)}`;
}

/** For none of them: the reasons, each said once. */
function refusalOf({ possible, refused }: BulkChoice, noun: string): Refusal[] {
  if (possible.length > 0) return [];
  const [first] = refused;
  const reason = first?.refusals[0];
  if (first === undefined || reason === undefined) return [];
  if (refused.length === 1 || reason.rule.startsWith('policy.')) return [reason];
  return [
    {
      rule: reason.rule,
      code: reason.code,
      message: `It is possible for none of the ${counted(refused.length, noun)}. ${reason.message}`,
    },
  ];
}
