import type { LucideIcon } from 'lucide-react';

/** A property, as a small icon beside a name; its word is heard, and shown as a hint. */
export function Flag({ icon: Icon, label }: { icon: LucideIcon; label: string }) {
  return (
    <span data-hint={label} className="inline-grid size-5 shrink-0 place-items-center text-faint">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
