import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Why there is nothing here, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex max-w-sm flex-col items-center text-center">
      <span className="mb-3 grid size-11 place-items-center rounded-xl border bg-canvas text-faint">
        <Icon aria-hidden className="size-5" strokeWidth={1.5} />
      </span>
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="mt-1 text-muted text-sm">{children}</div>}
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}
