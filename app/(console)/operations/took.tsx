'use client';

import { useLocale } from '~/app/_lib/clock';
import { preciseDuration } from '~/app/_lib/duration';
import type { OperationRow } from '~/app/_trpc/types';

/** How long an operation took; nothing while it runs, its age is told by its outcome. */
export function Took({ operation }: { operation: Pick<OperationRow, 'startedAt' | 'endedAt'> }) {
  const locale = useLocale();
  if (operation.endedAt === null) return <span className="text-faint">–</span>;
  const milliseconds = Date.parse(operation.endedAt) - Date.parse(operation.startedAt);
  return <span className="text-muted">{preciseDuration(milliseconds, locale)}</span>;
}
