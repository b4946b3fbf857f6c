'use client';

import { ArrowDown, ArrowUp, Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { buttonStyle, IconButton } from './button';
import { isTyping } from './is-typing';

/**
 * A look at one row beside its list. The list stays usable; arrows go to the next row, Escape goes back to it.
 * @param kind what it is, e.g. `Volume`
 * @param href its page, for work that takes longer; left out for what has none
 * @param onMove -1 for the row above, 1 for the one below
 * @param returnTo finds what gets the focus when it closes
 */
export function Drawer({
  kind,
  title,
  href,
  onClose,
  onMove,
  returnTo,
  children,
}: {
  kind: string;
  title: string;
  href?: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
  children: ReactNode;
}) {
  const body = useRef<HTMLDivElement>(null);
  function onKeyDown(event: KeyboardEvent) {
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      onMove(event.key === 'ArrowDown' ? 1 : -1);
    }
  }
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          data-drawer
          onKeyDown={onKeyDown}
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            body.current?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnTo()?.focus();
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full animate-slide flex-col floats shadow-drawer outline-none sm:w-[30rem] 2xl:w-[36rem]"
        >
          <div className="flex items-center gap-1 border-b py-2 pr-2 pl-5">
            <div className="min-w-0 flex-1">
              <p className="text-faint text-xs">{kind}</p>
              <Dialog.Title className="truncate font-semibold text-lg tracking-tight">{title}</Dialog.Title>
            </div>
            <IconButton label="Row above" onClick={() => onMove(-1)}>
              <ArrowUp aria-hidden className="size-4" />
            </IconButton>
            <IconButton label="Row below" onClick={() => onMove(1)}>
              <ArrowDown aria-hidden className="size-4" />
            </IconButton>
            {href === undefined ? null : (
              <Link
                href={href}
                aria-label="Open page"
                data-hint="Open page"
                className={buttonStyle({ look: 'ghost', size: 'icon' })}
              >
                <Maximize2 aria-hidden className="size-4" />
              </Link>
            )}
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Dialog.Close>
          </div>
          <div ref={body} tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-none">
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
