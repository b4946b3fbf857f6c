'use client';

import { Dialog } from 'radix-ui';
import { Rail } from './rail';

/** The rail, over the page. */
export function RailSheet({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
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
            onGo={onClose}
            onHelp={() => {
              onClose();
              onHelp();
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
