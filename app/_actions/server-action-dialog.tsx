'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { Consequences } from '~/app/_attach/consequences';
import { spokenReasons } from '~/app/_components/action-button';
import { Button } from '~/app/_components/button';
import { Dialog } from '~/app/_components/dialog';
import { FailureNotice } from '~/app/_components/failure-notice';
import { SelectField, TextField } from '~/app/_components/field';
import { nameOf } from '~/app/_entities/name';
import { OneThing } from '~/app/_entities/one-thing';
import type { ServerActionOn } from '~/app/_lib/dialog-params';
import { useDialogs } from '~/app/_lib/dialogs';
import { follow } from '~/app/_live/followed-operations';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { ServerActionInput } from '~/server/domain/act-on-server';
import { ACTIONS, type ServerActionName } from '~/server/domain/action';
import { explainServerAction } from '~/server/domain/explain-server-action';

/** Asks before something is done to a server, and says what that means. */
export function ServerActionDialog({ on: { action, serverId } }: { on: ServerActionOn }) {
  const trpc = useTRPC();
  const actor = useActor();
  const { closeAct } = useDialogs();
  const cancel = useRef<HTMLButtonElement>(null);
  const reasonsId = useId();
  const [input, setInput] = useState<ServerActionInput>(
    action === 'server.reset-state' ? { state: 'active' } : {},
  );
  const server = useQuery(trpc.servers.get.queryOptions({ id: serverId }));
  const name = server.data === undefined ? 'the server' : nameOf(server.data.facts);
  const { label, gerund, danger } = ACTIONS[action];
  const explanation =
    server.data === undefined
      ? undefined
      : explainServerAction(action, { actor, server: server.data.facts, host: server.data.host, input });

  const act = useMutation(
    trpc.servers.act.mutationOptions({
      onSuccess: ({ operationId }) => {
        follow({ id: operationId, title: `${gerund} ${name}` });
        closeAct();
      },
    }),
  );
  const refusals = explanation?.refusals ?? [];
  const ready = explanation !== undefined && refusals.length === 0 && !act.isPending;

  return (
    <Dialog
      title={`${label} ${name}?`}
      onClose={closeAct}
      firstFocus={cancel}
      width="max-w-lg"
      footer={
        <>
          <Button ref={cancel} onClick={closeAct}>
            Cancel
          </Button>
          <Button
            look={danger ? 'danger' : 'primary'}
            aria-disabled={!ready}
            aria-describedby={refusals.length === 0 ? undefined : reasonsId}
            onClick={() => {
              if (ready) act.mutate({ id: serverId, action, ...input });
            }}
          >
            {act.isPending ? `${gerund}…` : label}
          </Button>
          <span id={reasonsId} hidden>
            {spokenReasons(refusals)}
          </span>
        </>
      }
    >
      <div className="space-y-4">
        <InputOf action={action} input={input} onChange={setInput} />
        {act.isError ? <FailureNotice error={act.error} what="It was not done" /> : null}
        <OneThing noun="server" query={server}>
          {() => (explanation === undefined ? null : <Consequences explanation={explanation} />)}
        </OneThing>
      </div>
    </Dialog>
  );
}

/** What an action wants to know besides the server. */
function InputOf({
  action,
  input,
  onChange,
}: {
  action: ServerActionName;
  input: ServerActionInput;
  onChange: (input: ServerActionInput) => void;
}) {
  const id = useId();
  if (action === 'server.lock') {
    return (
      <TextField
        id={id}
        label="Reason (optional)"
        note="Whoever finds the server locked will read it."
        maxLength={255}
        value={input.lockedReason ?? ''}
        onChange={(event) =>
          onChange({ lockedReason: event.target.value === '' ? null : event.target.value })
        }
      />
    );
  }
  if (action === 'server.reset-state') {
    return (
      <SelectField
        id={id}
        label="State"
        value={input.state ?? 'active'}
        onChange={(event) => onChange({ state: event.target.value === 'error' ? 'error' : 'active' })}
      >
        <option value="active">ACTIVE</option>
        <option value="error">ERROR</option>
      </SelectField>
    );
  }
  return null;
}
