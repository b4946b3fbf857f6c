'use client';

import { clsx } from 'clsx';
import { CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react';
import { useAbsoluteTime, useLocale } from '~/app/_lib/clock';
import { preciseDuration } from '~/app/_lib/duration';
import { phaseText } from '~/app/_lib/operation-words';
import type { OperationDetail } from '~/app/_trpc/types';

type Step = OperationDetail['steps'][number];

const LOOKS = {
  started: { icon: CircleDashed, ink: 'text-muted' },
  succeeded: { icon: CircleCheck, ink: 'text-ok' },
  failed: { icon: CircleX, ink: 'text-error' },
} as const;

/** Each step that was taken, in order, and what is under way. */
export function OperationSteps({ operation }: { operation: OperationDetail }) {
  const { steps, startedAt, outcome, phase } = operation;
  if (steps.length === 0 && outcome !== 'running') {
    return <p className="text-muted text-sm">No steps were recorded.</p>;
  }
  return (
    <ol className="relative space-y-3.5 before:absolute before:top-2 before:bottom-2 before:left-[7px] before:w-px before:bg-line">
      {steps.map((step) => (
        <StepRow key={`${step.at} ${step.phase} ${step.result}`} step={step} since={startedAt} />
      ))}
      {outcome === 'running' ? (
        <li className="relative flex gap-3 text-sm">
          <LoaderCircle
            aria-hidden
            className="z-[1] mt-0.5 size-4 shrink-0 animate-turn rounded-full bg-surface text-progress"
          />
          <p className="text-progress">{phaseText(phase)}…</p>
        </li>
      ) : null}
    </ol>
  );
}

function StepRow({ step, since }: { step: Step; since: string }) {
  const { icon: Icon, ink } = LOOKS[step.result];
  const locale = useLocale();
  const at = useAbsoluteTime(step.at);
  const after = preciseDuration(Date.parse(step.at) - Date.parse(since), locale);
  return (
    <li className="relative flex gap-3 text-sm">
      <Icon aria-hidden className={clsx('z-[1] mt-0.5 size-4 shrink-0 rounded-full bg-surface', ink)} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="inline-block font-medium first-letter:uppercase">{step.phase}</span>{' '}
          <span className="text-muted">{step.result}</span>
        </p>
        {step.message === '' ? null : (
          <p className={clsx('break-words text-xs', step.result === 'failed' ? 'text-error' : 'text-muted')}>
            {step.message}
          </p>
        )}
      </div>
      <time dateTime={step.at} data-hint={at} className="shrink-0 text-faint text-xs tabular-nums">
        +{after}
      </time>
    </li>
  );
}
