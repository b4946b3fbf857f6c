'use client';

import { useEffect, useState } from 'react';

const SHOW_AFTER_MS = 350;

/**
 * Shows the text of `data-hint` beside whatever is hovered or focused. One for the whole page: a table of two hundred
 * rows then has no tooltips of its own to keep. Escape puts it away; it only repeats what is said elsewhere.
 */
export function Hints() {
  const [hint, setHint] = useState<{ text: string; anchor: Element } | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function hide() {
      clearTimeout(timer);
      setHint(null);
    }
    function show(target: EventTarget | null, delay: number) {
      const element = target instanceof Element ? target.closest('[data-hint]') : null;
      const text = element?.getAttribute('data-hint');
      // What it opens lies where the hint would.
      if (!element || !text || element.getAttribute('aria-expanded') === 'true') return hide();
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (!element.isConnected || element.getAttribute('aria-expanded') === 'true') return;
        setHint({ text, anchor: element });
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

  const place = (box: HTMLElement | null) => {
    if (box === null || hint === null) return;
    box.style.transform = besides(hint.anchor.getBoundingClientRect(), box.getBoundingClientRect());
  };

  if (hint === null) return null;
  return (
    <div
      ref={place}
      aria-hidden
      className="pointer-events-none fixed top-0 left-0 z-60 max-w-72 break-words rounded bg-ink px-2 py-1 text-canvas text-xs shadow-raised"
    >
      {hint.text}
    </div>
  );
}

const GAP = 6;

/**
 * Beneath the anchor, in its middle; above it where there is no room, and never out of the window.
 * @returns a style that moves it from the top left corner
 */
function besides(anchor: DOMRect, box: DOMRect): string {
  const below = anchor.bottom + GAP;
  const top = below + box.height > innerHeight - GAP ? anchor.top - GAP - box.height : below;
  const middle = anchor.left + anchor.width / 2 - box.width / 2;
  const left = Math.min(Math.max(GAP, middle), innerWidth - box.width - GAP);
  return `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
