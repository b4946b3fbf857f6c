import { ShieldX } from 'lucide-react';
import { EmptyState } from '~/app/_components/empty-state';
import type { Refusal } from '~/server/domain/refusal';

/** What somebody sees whom policy does not let in: that it is not for them, and why. */
export function ForSome({ title, refusal }: { title: string; refusal: Refusal }) {
  return (
    <div className="grid flex-1 place-items-center px-4 py-16">
      <h1 className="sr-only">{title}</h1>
      <EmptyState icon={ShieldX} title={`${title}: not for you to see`}>
        <p>{refusal.message}</p>
        {refusal.remedy?.kind === 'advice' ? <p className="mt-1">{refusal.remedy.text}</p> : null}
      </EmptyState>
    </div>
  );
}
