import type { ReactNode } from 'react';

/** A part of a page or a drawer, with its heading and what can be done with it. */
export function Section({
  title,
  count,
  action,
  children,
}: {
  title: string;
  count?: number;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="mb-7 last:mb-0">
      <div className="mb-2 flex min-h-7 items-center gap-2">
        <h2 className="font-medium text-sm">{title}</h2>
        {count === undefined ? null : <span className="text-faint text-sm tabular-nums">{count}</span>}
        <div className="ml-auto">{action}</div>
      </div>
      {children}
    </section>
  );
}
