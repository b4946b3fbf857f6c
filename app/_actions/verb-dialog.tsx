'use client';

import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { CommandPanel } from '~/app/_attach/command-panel';
import { spokenReasons } from '~/app/_components/action-button';
import { Button } from '~/app/_components/button';
import { Dialog } from '~/app/_components/dialog';
import { FailureNotice } from '~/app/_components/failure-notice';
import { TextField } from '~/app/_components/field';
import { OneThing } from '~/app/_entities/one-thing';
import { NOUN_WORDS, nounOf } from '~/app/_lib/action-noun';
import type { Prefill } from '~/app/_lib/dialog-params';
import { useDialogs } from '~/app/_lib/dialogs';
import { follow } from '~/app/_live/followed-operations';
import { ACTIONS } from '~/server/domain/action';
import type { VerbName } from '~/server/domain/verb-catalogue';
import { actionTitle, actionUnderWay } from './action-title';
import { DryRun } from './dry-run';
import { FormFields } from './form-fields';
import { type Offer, OfferMade, offerOf } from './offer-made';
import { Outlook } from './outlook';
import { PickableAbout } from './use-pickable';
import { usePatientPress, useVerbForm, type VerbForm } from './use-verb-form';

/**
 * Asks before something is done: what it takes to know, what will happen, all that speaks against it. One dialog for
 * every action; all that differs comes from the action itself.
 */
export function VerbDialog({
  action,
  id,
  prefill,
}: {
  action: VerbName;
  id: string;
  /** What is known of its fields, as texts. */
  prefill: Prefill;
}) {
  const { closeAct } = useDialogs();
  const cancel = useRef<HTMLButtonElement>(null);
  const ids = useId();
  const [typed, setTyped] = useState('');
  const name = useRef('');
  const [offer, setOffer] = useState<Offer | null>(null);
  const form = useVerbForm({ action, id, prefill }, (operationId, input, answer) => {
    const made = offerOf(action, input, answer);
    if (made !== null) {
      // The dialog itself says that it is done; a note would only lie over it.
      setOffer(made);
      return;
    }
    follow({ id: operationId, title: actionUnderWay(action, name.current, input) });
    closeAct();
  });
  const { form: asked, reading, run } = form;
  name.current = asked?.object.name ?? NOUN_WORDS[nounOf(action)];
  const { label, danger } = ACTIONS[action];
  const refusals = asked?.explanation.refusals ?? [];
  const missing = missingStep(form, typed);
  const press = usePatientPress(
    form.unsettled && missing === null ? null : missing === null && refusals.length === 0,
    form.submit,
  );
  const blocked = missing !== null || refusals.length > 0;
  const hasFields = Object.keys(form.fields).length > 0;
  const body = useRef<HTMLFormElement>(null);
  // Where something may be lost and nothing has to be said, the safe answer keeps the focus.
  useFirstField(body, cancel, hasFields && !(danger && isQuestion(action, form.fields)));

  const about = useMemo(() => ({ kind: nounOf(action), id }), [action, id]);

  function putAway() {
    form.forget();
    closeAct();
  }

  if (offer !== null) {
    return (
      <Dialog
        title={`${name.current} is offered`}
        description="Whoever takes it gives both under Volumes, Accept a transfer."
        onClose={closeAct}
        width="max-w-lg"
        footer={
          <Button ref={cancel} look="primary" onClick={closeAct}>
            Done
          </Button>
        }
      >
        <OfferMade offer={offer} done={cancel} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`${actionTitle(action, name.current)}${asked !== undefined && isQuestion(action, form.fields) ? '?' : ''}`}
      onClose={putAway}
      firstFocus={cancel}
      width="max-w-lg"
      footer={
        <>
          <p id={`${ids}-missing`} className="mr-auto min-w-0 text-muted text-xs">
            {missing}
          </p>
          <span id={`${ids}-reasons`} hidden>
            {spokenReasons(refusals)}
          </span>
          <Button ref={cancel} onClick={putAway}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={`${ids}-form`}
            look={danger ? 'danger' : 'primary'}
            aria-disabled={blocked}
            aria-describedby={blocked ? `${ids}-missing ${ids}-reasons` : undefined}
          >
            {run.isPending ? `${label}…` : label}
          </Button>
        </>
      }
    >
      <form
        ref={body}
        id={`${ids}-form`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          press();
        }}
        className="space-y-4 pt-1"
      >
        <OneThing noun="form" query={{ data: asked, error: form.error, refetch: form.retry }}>
          {({ object, explanation, confirm }) => (
            <>
              <PickableAbout value={about}>
                <FormFields form={form} id={ids} />
              </PickableAbout>
              {run.isError ? <FailureNotice error={run.error} what="It was not done" /> : null}
              <Outlook explanation={explanation} unsettled={form.unsettled} />
              {confirm === null ? null : (
                <TextField
                  id={`${ids}-confirm`}
                  label={
                    <>
                      Type <span className="select-all rounded bg-sunken px-1 font-mono">{confirm}</span> to
                      confirm
                    </>
                  }
                  note="Nothing brings it back."
                  autoComplete="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
              <div className="space-y-1">
                <DryRun
                  action={action}
                  object={object}
                  input={reading.input}
                  complete={
                    reading.missing === null &&
                    Object.keys(reading.problems).length === 0 &&
                    explanation.refusals.length === 0
                  }
                />
                <CommandPanel command={explanation.command} request={explanation.request} />
              </div>
            </>
          )}
        </OneThing>
      </form>
    </Dialog>
  );
}

/** A dialog that nothing has to be said in asks for a yes; what is made wants to be described. */
function isQuestion(action: VerbName, fields: VerbForm['fields']): boolean {
  return !action.endsWith('.create') && Object.values(fields).every((field) => field.optional);
}

/** @returns what has to happen before it can be submitted, as a sentence; null when nothing has */
function missingStep({ form, fields, reading, run }: VerbForm, typed: string): string | null {
  if (form === undefined) return '';
  if (run.isPending) return 'It is being asked for.';
  if (reading.missing !== null) return `${reading.missing} has still to be given.`;
  const [wrong] = Object.keys(reading.problems);
  if (wrong !== undefined) return `${fields[wrong]?.label ?? wrong} is not right yet.`;
  if (form.explanation.refusals.length > 0) return null;
  if (form.confirm !== null && typed !== form.confirm) return `Type ${form.confirm} first.`;
  return null;
}

/** The form comes later than its dialog; its first field has the focus then, unless somebody has moved on meanwhile. */
function useFirstField(
  form: React.RefObject<HTMLFormElement | null>,
  cancel: React.RefObject<HTMLButtonElement | null>,
  hasFields: boolean,
): void {
  useEffect(() => {
    if (!hasFields || document.activeElement !== cancel.current) return;
    form.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
  }, [form, cancel, hasFields]);
}
