'use client';

import { Gauge } from 'lucide-react';
import { Button } from '~/app/_components/button';
import { useDialogs } from '~/app/_lib/dialogs';
import { useSession } from '~/app/_shell/session-provider';
import { ACTIONS } from '~/server/domain/action';
import { policyRefusal } from '~/server/domain/policy';

const VERB = 'quota.update-defaults';

/** Opens the limits of all projects that have none of their own; nobody is promised what they may not do. */
export function DefaultQuotasButton() {
  const { actor, project } = useSession();
  const dialogs = useDialogs();
  const { label, policy } = ACTIONS[VERB];
  if (policyRefusal(policy, actor, project.id) !== null) return null;
  return (
    <Button aria-label={label} onClick={() => dialogs.act({ action: VERB, id: project.id })}>
      <Gauge aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}
