'use client';

import { ArrowRight } from 'lucide-react';
import { type ActionRemedy, useDialogs } from '~/app/_lib/dialogs';
import type { Refusal, Remedy } from '~/server/domain/refusal';
import { Button } from './button';
import { CodeBlock } from './copyable';

/**
 * Every reason why not, each with its way out.
 * @param onRemedy called when a remedy was taken, after its dialog was opened
 */
export function RefusalList({ refusals, onRemedy }: { refusals: readonly Refusal[]; onRemedy?: () => void }) {
  return (
    <ul className="space-y-2.5">
      {refusals.map((refusal) => (
        <li key={refusal.rule} data-rule={refusal.rule} className="space-y-1.5">
          <p className="break-words">{refusal.message}</p>
          {refusal.remedy === undefined ? null : (
            <RemedyView remedy={refusal.remedy} {...(onRemedy === undefined ? {} : { onRemedy })} />
          )}
        </li>
      ))}
    </ul>
  );
}

function RemedyView({ remedy, onRemedy }: { remedy: Remedy; onRemedy?: () => void }) {
  if (remedy.kind === 'action') {
    return <ActionRemedyButton remedy={remedy} {...(onRemedy === undefined ? {} : { onRemedy })} />;
  }
  return (
    <div className="space-y-1.5">
      <p className="text-muted">{remedy.text}</p>
      {remedy.command === undefined ? null : <CodeBlock code={remedy.command} label="command" />}
    </div>
  );
}

function ActionRemedyButton({ remedy, onRemedy }: { remedy: ActionRemedy; onRemedy?: () => void }) {
  const dialogs = useDialogs();
  return (
    <Button
      size="small"
      className="max-w-full"
      onClick={() => {
        dialogs.remedy(remedy);
        onRemedy?.();
      }}
    >
      <ArrowRight aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{remedy.label}</span>
    </Button>
  );
}
