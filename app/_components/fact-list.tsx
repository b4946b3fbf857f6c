import type { ReactNode } from 'react';

/** Facts with their names, in two columns where there is room. */
export function FactList({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
      {children}
    </dl>
  );
}

/** One of them. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-0.5 text-muted">{name}</dt>
      <dd className="flex min-h-6 min-w-0 flex-wrap items-baseline gap-x-2 break-words py-0.5">{children}</dd>
    </>
  );
}
