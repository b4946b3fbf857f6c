'use client';

import { Popover } from 'radix-ui';
import { type RefObject, useEffect, useRef, useState } from 'react';

const SHOW_AFTER_MS = 350;

/**
 * Shows the text of `data-hint` beside whatever is hovered or focused. One for the whole page: a table of two hundred
 * rows then has no tooltips of its own to keep. Escape puts it away; it only repeats what is said elsewhere.
 */
export function Hints() {
  const [hint, setHint] = useState<{ text: string } | null>(null);
  const anchor = useRef<Element>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function hide() {
      clearTimeout(timer);
      setHint(null);
    }
    function show(target: EventTarget | null, delay: number) {
      const element = target instanceof Element ? target.closest('[data-hint]') : null;
      const text = element?.getAttribute('data-hint');
      if (!element || !text) return hide();
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!element.isConnected) return;
        anchor.current = element;
        setHint({ text });
      }, delay);
    }
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === 'mouse') show(event.target, SHOW_AFTER_MS);
    };
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(event.target, 0);
      else hide();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', onKey);
    document.addEventListener('scroll', hide, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);

  if (hint === null) return null;
  return (
    <Popover.Root open>
      <Popover.Anchor virtualRef={anchor as RefObject<Element>} />
      <Popover.Portal>
        <Popover.Content
          role="tooltip"
          aria-hidden
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="pointer-events-none z-60 max-w-72 animate-enter rounded bg-ink px-2 py-1 text-canvas text-xs shadow-raised"
        >
          {hint.text}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
