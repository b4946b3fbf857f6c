'use client';

import { Link2 } from 'lucide-react';
import { ActionButton } from '~/app/_components/action-button';
import { useDialogs } from '~/app/_lib/dialogs';
import { policyRefusal } from '~/server/domain/policy';
import { useActor } from './session-provider';

/** Opens the attach dialog with nothing chosen yet. */
export function AttachAction() {
  const actor = useActor();
  const dialogs = useDialogs();
  const refusal = policyRefusal('os_compute_api:os-volumes-attachments:create', actor, null);
  return (
    <ActionButton
      look="primary"
      title="Attach a volume"
      refusals={refusal === null ? [] : [refusal]}
      onAct={() => dialogs.attach({})}
    >
      <Link2 aria-hidden className="size-4" />
      <span>
        Attach<span className="max-sm:sr-only"> volume</span>
      </span>
    </ActionButton>
  );
}
