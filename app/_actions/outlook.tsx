'use client';

import { clsx } from 'clsx';
import { Warnings } from '~/app/_attach/attach-outlook';
import { StepList } from '~/app/_attach/step-list';
import { Notice } from '~/app/_components/notice';
import { RefusalList } from '~/app/_components/refusal-list';
import type { ActionExplanation } from './action-types';

/** What the rules say of an action: all that speaks against it, or what will happen, and who may. */
export function Outlook({ explanation, unsettled }: { explanation: ActionExplanation; unsettled: boolean }) {
  const { refusals, steps, warnings, onFailure, who, policy } = explanation;
  return (
    <div aria-busy={unsettled} className={clsx('space-y-4 transition-opacity', unsettled && 'opacity-60')}>
      <div role="status" className={clsx(refusals.length === 0 && 'sr-only')}>
        {refusals.length === 0 ? (
          'Nothing speaks against it.'
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
      <Warnings warnings={warnings} />
      <StepList steps={steps} />
      <div className="space-y-1 text-muted text-xs">
        {onFailure === null || steps.length === 0 ? null : (
          <p>
            <span className="font-medium">If it fails:</span> {onFailure}
          </p>
        )}
        <p className="break-words">
          <span className="font-medium">Who may:</span> {who} <span className="font-mono">({policy})</span>
        </p>
      </div>
    </div>
  );
}
