'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { FailureNotice } from '~/app/_components/failure-notice';
import { Notice } from '~/app/_components/notice';
import { RefusalList } from '~/app/_components/refusal-list';
import type { Explanation } from '~/app/_trpc/types';
import { CommandPanel } from './command-panel';
import { StepList } from './step-list';
import type { Attach } from './use-attach';

/**
 * What the rules say of the chosen pair: all that speaks against it, or what will happen.
 * @param children what has to be answered about the warnings
 */
export function AttachOutlook({
  attach: { explanation, unsettled },
  children,
}: {
  attach: Attach;
  children: ReactNode;
}) {
  if (explanation.data === undefined) {
    if (explanation.error) {
      return (
        <FailureNotice
          error={explanation.error}
          what="The rules could not be asked"
          onRetry={() => void explanation.refetch()}
        />
      );
    }
    return <p className="py-6 text-center text-muted text-sm">Asking the rules…</p>;
  }
  return (
    <div aria-busy={unsettled} className={clsx('space-y-4 transition-opacity', unsettled && 'opacity-60')}>
      <Verdict explanation={explanation.data} />
      <Warnings warnings={explanation.data.warnings} />
      {children}
      <StepList steps={explanation.data.steps} />
      <CommandPanel command={explanation.data.command} request={explanation.data.request} />
    </div>
  );
}

function Verdict({ explanation: { refusals } }: { explanation: Explanation }) {
  return (
    <div role="status">
      {refusals.length === 0 ? (
        <span className="sr-only">Nothing speaks against it.</span>
      ) : (
        <Notice
          tone="refused"
          title={
            refusals.length === 1 ? 'This is not possible' : `Not possible, for ${refusals.length} reasons`
          }
        >
          <RefusalList refusals={refusals} />
        </Notice>
      )}
    </div>
  );
}

/** What somebody may regret. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Notice tone="attention" title={warnings.length === 1 ? 'Mind this' : 'Mind these'}>
      <ul className="space-y-1.5">
        {warnings.map((warning) => (
          <li key={warning} className="break-words">
            {warning}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
