'use client';

import { Notice } from '~/app/_components/notice';
import { RefusalList } from '~/app/_components/refusal-list';
import type { Explanation } from '~/server/domain/explanation';
import { Warnings } from './attach-outlook';
import { CommandPanel } from './command-panel';
import { StepList } from './step-list';

/** What an action will do, what somebody may regret, and all that speaks against it. */
export function Consequences({ explanation }: { explanation: Explanation }) {
  const { refusals, steps, warnings, command, request } = explanation;
  return (
    <>
      <div role="status">
        {refusals.length === 0 ? null : (
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
      <CommandPanel command={command} request={request} />
    </>
  );
}
