'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { IconButton } from './button';

/**
 * A question that wants an answer before anything else. On a narrow screen it fills the lower part of it. When it closes,
 * what had the focus before has it again.
 * @param firstFocus what has the focus when it opens; the dialog itself otherwise
 */
export function Dialog({
  title,
  description,
  onClose,
  children,
  footer,
  firstFocus,
  width = 'max-w-xl',
}: {
  title: string;
  description?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  firstFocus?: RefObject<HTMLElement | null>;
  width?: string;
}) {
  // The library gives the focus back to a trigger of its own; these dialogs are opened by the URL and have none.
  const opener = useRef<Element | null>(null);
  return (
    <Primitive.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          data-modal
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            opener.current = document.activeElement;
            // Without a first field, the dialog itself: its title is then read before any of its buttons.
            const first = firstFocus?.current ?? event.currentTarget;
            if (first instanceof HTMLElement) first.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusAgain(opener.current);
          }}
          onEscapeKeyDown={(event) => {
            // Something inside closes first.
            if (document.activeElement?.closest('[data-escapes]')) event.preventDefault();
          }}
          className={clsx(
            'fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full animate-enter flex-col rounded-t-xl border floats shadow-dialog outline-none',
            'sm:top-[8dvh] sm:bottom-auto sm:max-h-[84dvh] sm:w-[calc(100%-2rem)] sm:rounded-xl',
            width,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="font-semibold text-lg tracking-tight">{title}</Primitive.Title>
              {description === undefined ? null : (
                <Primitive.Description className="mt-0.5 text-muted text-sm">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close" className="-mr-1.5">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Primitive.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer === undefined ? null : (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t bg-sunken/60 px-5 py-3 sm:rounded-b-xl">
              {footer}
            </div>
          )}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** What opened it may have gone meanwhile: a menu, a row, the dialog before this one. */
function focusAgain(opener: Element | null): void {
  const stays = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
  (stays ? opener : document.getElementById('content'))?.focus({ preventScroll: true });
}
