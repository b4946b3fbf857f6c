'use client';

import { useEffect, useRef, useState } from 'react';
import type { PageOf } from '~/app/_trpc/types';
import type { ChangeKind } from './changes';
import { useLive } from './live-provider';

/** New things may come by the hundred; asking for the page again that often would be no better than polling. */
const ASK_AFTER_MS = 800;
const ASK_EVERY_MS = 3000;

/**
 * Rows that would be on this page if it were fetched now. They are counted and not shown: rows move only when somebody
 * asks for it. Where there are none yet, nothing can move: the first ones are shown at once.
 * @param kind what the change stream calls them; null where it does not tell of them
 * @param page as it is shown; undefined turns the watch off
 * @param ask fetches the same page anew
 * @param show puts the page in the place of the shown one
 */
export function useArrivals<Row extends { id: string }>(
  kind: ChangeKind | null,
  page: PageOf<Row> | undefined,
  ask: () => Promise<PageOf<Row>>,
  show: (page: PageOf<Row>) => void,
): { count: number; show: () => void } {
  const { onUnseen } = useLive();
  const [fresh, setFresh] = useState<{ page: PageOf<Row>; of: string } | null>(null);
  const current = useRef({ page, ask, show });
  current.current = { page, ask, show };

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    let asked = 0;
    async function look() {
      timer = undefined;
      asked = Date.now();
      const { page: shown, ask: fetchAnew } = current.current;
      if (shown === undefined) return;
      const of = idsText(shown);
      const found = await fetchAnew().catch(() => null);
      if (ended || found === null) return;
      if (of === '' && found.rows.length > 0 && current.current.page === shown) current.current.show(found);
      else setFresh({ page: found, of });
    }
    if (kind === null) return;
    const stop = onUnseen(kind, () => {
      timer ??= setTimeout(look, Math.max(ASK_AFTER_MS, asked + ASK_EVERY_MS - Date.now()));
    });
    return () => {
      ended = true;
      clearTimeout(timer);
      stop();
    };
  }, [kind, onUnseen]);

  // A page that was changed meanwhile (sorted, filtered, turned) has other arrivals.
  if (page === undefined || fresh === null || fresh.of !== idsText(page)) {
    return { count: 0, show: () => undefined };
  }
  const known = new Set(page.rows.map((row) => row.id));
  return {
    count: fresh.page.rows.filter((row) => !known.has(row.id)).length,
    show: () => {
      show(fresh.page);
      setFresh(null);
    },
  };
}

function idsText(page: PageOf<{ id: string }>): string {
  return page.rows.map((row) => row.id).join();
}
