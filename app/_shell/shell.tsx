'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { LiveRegion } from '~/app/_components/announce';
import { Hints } from '~/app/_components/hints';
import { ReasonsProvider } from '~/app/_components/reasons';
import { useShortcuts } from '~/app/_components/use-shortcuts';
import { DialogsProvider } from '~/app/_lib/dialogs';
import { LiveProvider } from '~/app/_live/live-provider';
import type { Session } from '~/app/_trpc/types';
import { ActionDialogs } from './action-dialogs';
import { NarrowBar } from './narrow-bar';
import { OperationNotes } from './operation-notes';
import { Rail } from './rail';
import { rememberRail } from './rail-cookie';
import { SessionProvider } from './session-provider';
import { usePreload } from './use-preload';

const KeyboardHelp = dynamic(() => import('./keyboard-help').then((file) => file.KeyboardHelp), {
  ssr: false,
});

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
  usePreload();
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
            <OperationNotes />
            <LiveRegion />
            <Hints />
          </ReasonsProvider>
        </DialogsProvider>
      </LiveProvider>
    </SessionProvider>
  );
}
