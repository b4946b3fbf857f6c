'use client';

import { Plus } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { useDialogs } from '~/app/_lib/dialogs';
import { useSession } from '~/app/_shell/session-provider';
import { ACTIONS } from '~/server/domain/action';
import { policyRefusal } from '~/server/domain/policy';

/** Opens the dialog that makes something in the project one works in, or brings it there. */
export function CreateButton({
  verb,
  look = 'primary',
}: {
  verb:
    | 'volume.create'
    | 'volume.accept-transfer'
    | 'server.create'
    | 'volume-type.create'
    | 'qos-specs.create';
  look?: 'primary' | 'secondary';
}) {
  const { actor, project } = useSession();
  const dialogs = useDialogs();
  const { label, policy } = ACTIONS[verb];
  // Where it is narrow, the heading beside it says what would be made.
  const [first, ...rest] = label.split(' ');
  const refusal = policyRefusal(policy, actor, project.id);
  return (
    <ActionButton
      look={look}
      title={label}
      refusals={refusal === null ? [] : [refusal]}
      onAct={() => dialogs.act({ action: verb, id: project.id })}
    >
      <Plus aria-hidden className="size-4" />
      <span>
        {first}
        {rest.length === 0 ? null : <span className="max-sm:sr-only"> {rest.join(' ')}</span>}
      </span>
    </ActionButton>
  );
}
