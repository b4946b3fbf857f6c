'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { Button } from '~/app/_components/button';
import { Dialog } from '~/app/_components/dialog';
import { FailureNotice } from '~/app/_components/failure-notice';
import { TextField } from '~/app/_components/field';
import { Notice } from '~/app/_components/notice';
import { OneThing } from '~/app/_entities/one-thing';
import { useTRPC } from '~/app/_trpc/context';
import { ACTIONS } from '~/server/domain/action';
import { type BulkChoice, counted } from './bulk-choice';
import { type BulkResult, BulkResults } from './bulk-results';
import { type Drafts, draftOf, readDrafts } from './drafts';
import { FormFields } from './form-fields';

/** Asks once, for many objects: what it takes to know, which of them it is possible for; then what became of each. */
export function BulkDialog({
  choice: { action, possible, refused },
  noun,
  onClose,
}: {
  choice: BulkChoice;
  noun: string;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const ids = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [typed, setTyped] = useState('');
  const [results, setResults] = useState<readonly BulkResult[]>([]);
  // Once it is sent the object may be gone, and has no form any more.
  const [sent, setSent] = useState(false);
  const { label, danger } = ACTIONS[action];
  // Any of them tells what is asked for; what one starts with is not what all of them have.
  const form = useQuery(
    trpc.actions.form.queryOptions(
      { action, id: possible[0]?.id ?? '', input: {} },
      { staleTime: 0, enabled: !sent },
    ),
  );
  const fields = form.data?.fields ?? {};
  const reading = readDrafts(fields, drafts, {});
  const phrase = form.data?.confirm == null ? null : `${label.toLowerCase()} ${possible.length}`;

  const run = useMutation(
    trpc.actions.runMany.mutationOptions({
      onSuccess: (answer) =>
        setResults((before) => [
          ...before.filter(({ id }) => !answer.results.some((each) => each.id === id)),
          ...answer.results,
        ]),
    }),
  );
  function send(which: readonly string[]) {
    setSent(true);
    run.mutate({ action, ids: [...which], input: reading.input });
  }
  const failed = results.flatMap((each) => (each.ok ? [] : [each.id]));
  const missing = missingStep();

  function missingStep(): string | null {
    if (form.data === undefined) return '';
    if (run.isPending) return `Asking for ${counted(possible.length, noun)}.`;
    if (reading.missing !== null) return `${reading.missing} has still to be given.`;
    const [wrong] = Object.keys(reading.problems);
    if (wrong !== undefined) return `${fields[wrong]?.label ?? wrong} is not right yet.`;
    return phrase !== null && typed !== phrase ? `Type ${phrase} first.` : null;
  }

  return (
    <Dialog
      title={`${label}: ${counted(possible.length, noun)}`}
      onClose={onClose}
      firstFocus={cancel}
      width="max-w-lg"
      footer={
        <>
          <p id={`${ids}-missing`} className="mr-auto min-w-0 text-muted text-xs">
            {missing}
          </p>
          <Button ref={cancel} onClick={onClose}>
            {results.length === 0 ? 'Cancel' : 'Close'}
          </Button>
          {results.length > 0 && failed.length === 0 ? null : (
            <Button
              type="submit"
              form={`${ids}-form`}
              look={danger ? 'danger' : 'primary'}
              aria-disabled={missing !== null}
              aria-describedby={missing === null ? undefined : `${ids}-missing`}
            >
              {results.length === 0 ? `${label} ${possible.length}` : `Try ${failed.length} again`}
            </Button>
          )}
        </>
      }
    >
      <form
        id={`${ids}-form`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === null) send(results.length === 0 ? possible.map(({ id }) => id) : failed);
        }}
        className="space-y-4"
      >
        <OneThing noun="form" query={form}>
          {() => (
            <FormFields
              id={ids}
              form={{
                fields,
                reading,
                draft: (name) => {
                  const field = fields[name];
                  return field === undefined ? undefined : (drafts[name] ?? draftOf(field, undefined));
                },
                change: (name, draft) => setDrafts({ ...drafts, [name]: draft }),
              }}
            />
          )}
        </OneThing>
        {run.isError ? <FailureNotice error={run.error} what="Nothing was asked for" /> : null}
        {results.length > 0 ? (
          <BulkResults objects={possible} results={results} />
        ) : (
          <>
            <Names
              title={`It will be done to ${counted(possible.length, noun)}`}
              names={possible.map(({ name }) => name)}
            />
            {refused.length === 0 ? null : (
              <Notice tone="refused" title={`It is not possible for ${refused.length}`}>
                <ul className="space-y-1">
                  {refused.map(({ object, refusals }) => (
                    <li key={object.id} className="break-words">
                      <span className="font-medium">{object.name}:</span> {refusals[0]?.message}
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
            {phrase === null ? null : (
              <TextField
                id={`${ids}-confirm`}
                label={
                  <>
                    Type <span className="select-all rounded bg-sunken px-1 font-mono">{phrase}</span> to
                    confirm
                  </>
                }
                note="Nothing brings them back."
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </>
        )}
      </form>
    </Dialog>
  );
}

const NAMED = 12;

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const more = names.length - NAMED;
  return (
    <div className="text-sm">
      <p className="mb-1 font-medium">{title}</p>
      <p className="break-words text-muted">
        {names.slice(0, NAMED).join(', ')}
        {more > 0 ? ` and ${more} more` : ''}
      </p>
    </div>
  );
}
