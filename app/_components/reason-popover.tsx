'use client';

import { Popover } from 'radix-ui';
import type { RefObject } from 'react';
import type { Reason } from './reasons';
import { RefusalList } from './refusal-list';

/** Says why something cannot be done, beside what would do it; loaded when somebody wants to know. */
export default function ReasonPopover({
  reason,
  pinned,
  anchor,
  onEnter,
  onLeave,
  onClose,
}: {
  reason: Reason;
  pinned: boolean;
  anchor: RefObject<HTMLElement | null>;
  onEnter: () => void;
  onLeave: () => void;
  onClose: () => void;
}) {
  const { refusals, title } = reason;
  return (
    <Popover.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          aria-label={`Why not: ${title}`}
          side="bottom"
          align="end"
          sideOffset={6}
          collisionPadding={12}
          onPointerEnter={onEnter}
          onPointerLeave={onLeave}
          onOpenAutoFocus={(event) => {
            if (!pinned) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (pinned) anchor.current?.focus();
          }}
          className="z-50 w-96 max-w-[calc(100vw-1.5rem)] animate-enter rounded-lg border floats p-3 text-sm shadow-raised outline-none"
        >
          <p className="mb-2 font-medium">
            {title}: {refusals.length === 1 ? 'not possible' : `${refusals.length} reasons against it`}
          </p>
          <RefusalList refusals={refusals} onRemedy={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
