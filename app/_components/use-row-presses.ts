'use client';

import { useEffect, useRef } from 'react';

/** A press anywhere in a row opens it, unless it was on something of its own, or marked text. */
export function useRowPresses(onOpen: (id: string) => void) {
  const table = useRef<HTMLTableElement>(null);
  const open = useRef(onOpen);
  open.current = onOpen;
  useEffect(() => {
    const element = table.current;
    if (element === null) return;
    function onClick(event: MouseEvent) {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
      if (!(event.target instanceof Element) || getSelection()?.toString()) return;
      const link = event.target.closest('[data-row-link]');
      if (link === null && event.target.closest('a, button, input, label') !== null) return;
      const id = event.target.closest('tr')?.getAttribute('data-row');
      if (id == null) return;
      event.preventDefault();
      open.current(id);
    }
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, []);
  return table;
}
