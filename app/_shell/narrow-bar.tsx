'use client';

import { MenuIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { IconButton } from '~/app/_components/button';
import { LinkStatus } from './link-status';
import { Mark } from './mark';

const RailSheet = dynamic(() => import('./rail-sheet').then((file) => file.RailSheet), { ssr: false });

/** On a narrow screen: a bar, and the rail as a sheet. */
export function NarrowBar({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-canvas px-2 md:hidden">
      <IconButton
        label="Navigation"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <MenuIcon aria-hidden className="size-5" />
      </IconButton>
      {open ? <RailSheet onClose={() => setOpen(false)} onHelp={onHelp} /> : null}
      <Mark className="size-5 text-accent-ink" />
      <span className="flex-1 font-semibold tracking-tight">Mooring</span>
      <LinkStatus compact={false} />
    </header>
  );
}
