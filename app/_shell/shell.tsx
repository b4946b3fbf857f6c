'use client';

import { MenuIcon } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { LiveRegion } from '~/app/_components/announce';
import { IconButton } from '~/app/_components/button';
import { Hints } from '~/app/_components/hints';
import { ReasonsProvider } from '~/app/_components/reasons';
import { useShortcuts } from '~/app/_components/use-shortcuts';
import { DialogsProvider } from '~/app/_lib/dialogs';
import { LiveProvider } from '~/app/_live/live-provider';
import type { Session } from '~/app/_trpc/types';
import { ActionDialogs } from './action-dialogs';
import { KeyboardHelp } from './keyboard-help';
import { LinkStatus } from './link-status';
import { Mark } from './mark';
import { OperationToasts } from './operation-toasts';
import { Rail } from './rail';
import { rememberRail } from './rail-cookie';
import { SessionProvider } from './session-provider';

/** What is around every page behind the login. */
export function Shell({
  session,
  since,
  compactRail,
  children,
}: {
  session: Session;
  /** Position in the change feed at which the page was made. */
  since: string;
  compactRail: boolean;
  children: ReactNode;
}) {
  const [compact, setCompact] = useState(compactRail);
  const [help, setHelp] = useState(false);
  useShortcuts({ '?': () => setHelp(true) });

  function remember(next: boolean) {
    setCompact(next);
    rememberRail(next);
  }

  return (
    <SessionProvider session={session}>
      <LiveProvider key={session.project.id} since={since}>
        <DialogsProvider>
          <ReasonsProvider>
            <a
              href="#content"
              className="fixed top-2 left-2 z-70 -translate-y-20 rounded-md bg-accent px-3 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
            >
              Skip to content
            </a>
            <div className="flex h-dvh flex-col md:flex-row">
              <header
                className="hidden shrink-0 border-r bg-canvas md:block data-[compact=true]:w-13 data-[compact=false]:w-56"
                data-compact={compact}
              >
                <Rail compact={compact} onCompact={remember} onHelp={() => setHelp(true)} />
              </header>
              <NarrowBar onHelp={() => setHelp(true)} />
              <main
                id="content"
                tabIndex={-1}
                className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto outline-none"
              >
                {children}
              </main>
            </div>
            <ActionDialogs />
            {help ? <KeyboardHelp onClose={() => setHelp(false)} /> : null}
            <OperationToasts />
            <LiveRegion />
            <Hints />
          </ReasonsProvider>
        </DialogsProvider>
      </LiveProvider>
    </SessionProvider>
  );
}

/** On a narrow screen: a bar, and the rail as a sheet. */
function NarrowBar({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-canvas px-2 md:hidden">
      <Dialog.Root open={open} onOpenChange={setOpen}>
        <Dialog.Trigger asChild>
          <IconButton label="Navigation">
            <MenuIcon aria-hidden className="size-5" />
          </IconButton>
        </Dialog.Trigger>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
          <Dialog.Content
            data-modal
            aria-describedby={undefined}
            className="fixed inset-y-0 left-0 z-40 w-64 max-w-[85vw] border-r bg-canvas shadow-dialog outline-none"
          >
            <Dialog.Title className="sr-only">Navigation</Dialog.Title>
            <Rail
              compact={false}
              onGo={() => setOpen(false)}
              onHelp={() => {
                setOpen(false);
                onHelp();
              }}
            />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <Mark className="size-5 text-accent-ink" />
      <span className="flex-1 font-semibold tracking-tight">Mooring</span>
      <LinkStatus compact={false} />
    </header>
  );
}
