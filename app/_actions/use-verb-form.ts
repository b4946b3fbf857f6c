'use client';

import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Prefill } from '~/app/_lib/dialog-params';
import { useDebounced } from '~/app/_lib/use-debounced';
import { useTRPC } from '~/app/_trpc/context';
import type { Fields } from '~/server/domain/engine/fields';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { Answer, FormInput } from './action-types';
import { type Draft, type Drafts, draftOf, draftOfText, readDrafts } from './drafts';
import { forgetDrafts, keepDrafts, keptDrafts } from './kept-drafts';

const WAIT_MS = 200;
const NO_FIELDS: Fields = {};

/**
 * The form of an action: its fields, what was typed, and what the rules say of that by now.
 * @param onStarted told of the operation that was started, of what was sent, and of what was answered
 */
export function useVerbForm(
  { action, id, prefill = {} }: { action: VerbName; id: string; prefill?: Prefill },
  onStarted: (operationId: string, input: FormInput, answer: Answer) => void,
) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = `${action} ${id}`;
  const [drafts, setDrafts] = useState<Drafts>(() => keptDrafts(key) ?? {});

  const run = useMutation(
    trpc.actions.run.mutationOptions({
      onSuccess: ({ operationId, answer }, { input = {} }) => {
        forgetDrafts(key);
        onStarted(operationId, input, answer);
      },
      // What it said no to, it may say yes to in another minute; the panel tells what holds now.
      onError: () => void queryClient.invalidateQueries(trpc.actions.form.queryFilter()),
    }),
  );

  // While it is being done the object may go, and has no form any more.
  const enabled = run.isIdle || run.isError;
  const first = useQuery(
    trpc.actions.form.queryOptions({ action, id, input: {} }, { staleTime: 0, enabled }),
  );
  const fields = first.data?.fields ?? NO_FIELDS;
  // What came over the wire is nobody else's to keep unchanged.
  const initial = (first.data?.initial ?? {}) as FormInput;
  const touched: Drafts = { ...draftsOfTexts(fields, prefill), ...drafts };
  const reading = readDrafts(fields, touched, initial);

  const given = JSON.stringify(reading.input);
  const settled = useDebounced(given, WAIT_MS);
  const current = useQuery(
    trpc.actions.form.queryOptions(
      first.data === undefined ? skipToken : { action, id, input: JSON.parse(settled) as FormInput },
      { staleTime: 0, placeholderData: keepPreviousData, enabled },
    ),
  );
  return {
    /** What is asked for; undefined until it is known. */
    form: current.data ?? first.data,
    /** Why not even the form could be read. */
    error: first.error ?? current.error,
    retry: () => void (first.error === null ? current.refetch() : first.refetch()),
    fields,
    reading,
    /** True while the explanation is not yet of what is in the form. */
    unsettled: settled !== given || current.isPlaceholderData || current.data === undefined,
    draft: (name: string): Draft | undefined => {
      const field = fields[name];
      return field === undefined ? undefined : (touched[name] ?? draftOf(field, initial[name]));
    },
    change(name: string, draft: Draft) {
      const next = { ...touched, [name]: draft };
      keepDrafts(key, next);
      setDrafts(next);
    },
    forget: () => forgetDrafts(key),
    run,
    submit: () => run.mutate({ action, id, input: reading.input }),
  };
}

export type VerbForm = ReturnType<typeof useVerbForm>;

function draftsOfTexts(fields: Fields, texts: Prefill): Drafts {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      const field = fields[name];
      return field === undefined ? [] : [[name, draftOfText(field, text)]];
    }),
  );
}

/**
 * A press while the rules are being asked counts when they have answered: nobody has to press twice.
 * @param ready whether it may be done; null while that is being asked
 * @returns what a press calls
 */
export function usePatientPress(ready: boolean | null, act: () => void): () => void {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!waiting || ready === null) return;
    setWaiting(false);
    if (ready) act();
  });
  return () => {
    if (ready === null) setWaiting(true);
    else if (ready) act();
  };
}
