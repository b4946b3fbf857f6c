import { clsx } from 'clsx';
import { CircleAlert, CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const TONES = {
  info: { icon: Info, box: 'bg-sunken border-line', ink: 'text-muted' },
  attention: { icon: TriangleAlert, box: 'bg-attention-soft border-attention/25', ink: 'text-attention' },
  refused: { icon: CircleAlert, box: 'bg-attention-soft border-attention/25', ink: 'text-attention' },
  error: { icon: CircleX, box: 'bg-error-soft border-error/25', ink: 'text-error' },
};

/** Something to know, in place: where it belongs, and not in a toast that goes away. */
export function Notice({
  tone,
  title,
  children,
  className,
  role,
}: {
  tone: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
  role?: 'alert' | 'status';
}) {
  const { icon: Icon, box, ink } = TONES[tone];
  return (
    <div role={role} className={clsx('flex gap-2.5 rounded-md border px-3 py-2.5 text-sm', box, className)}>
      <Icon aria-hidden className={clsx('mt-px size-4 shrink-0', ink)} />
      <div className="min-w-0 flex-1 space-y-1.5">
        {title ? <p className="font-medium">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}
