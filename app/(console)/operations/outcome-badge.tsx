'use client';

import { StatusBadge } from '~/app/_components/status-badge';
import { OUTCOME_FAMILY, shownOutcome } from '~/app/_lib/operation-words';
import type { OperationRow } from '~/app/_trpc/types';

/** How an operation ended, or since when it runs. */
export function OutcomeBadge({
  operation,
  pill = false,
}: {
  operation: Pick<OperationRow, 'outcome' | 'cause' | 'startedAt'>;
  pill?: boolean;
}) {
  const shown = shownOutcome(operation);
  return (
    <StatusBadge pill={pill} status={shown} family={OUTCOME_FAMILY[shown]} since={operation.startedAt} />
  );
}
