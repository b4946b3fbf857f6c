'use client';

import type { ReactNode } from 'react';
import { Button } from './button';

/** What was picked, in the place of the picker, with the way back to it. */
export function Picked({
  label,
  name,
  about,
  onChange,
}: {
  label: string;
  name: string;
  about: ReactNode;
  onChange: () => void;
}) {
  return (
    <div>
      <p className="mb-1 font-medium text-sm">{label}</p>
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 rounded-md border bg-sunken py-1 pr-1 pl-3 text-sm">
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        <span className="flex shrink-0 items-center gap-2.5 text-muted text-xs max-sm:order-1 max-sm:w-full">
          {about}
        </span>
        <Button look="ghost" size="small" onClick={onChange}>
          Change<span className="sr-only"> {label.toLowerCase()}</span>
        </Button>
      </div>
    </div>
  );
}
