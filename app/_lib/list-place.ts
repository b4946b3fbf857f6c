'use client';

import { useCallback, useMemo } from 'react';
import type { Direction, PageSize } from './list-params';

interface Settable {
  q: string;
  size: PageSize;
  cursor: string | null;
  peek: string | null;
}

/**
 * Where in a list somebody is, and how they move: any change of what is listed begins at its first page again.
 * @param set setter of the list's URL parameters
 */
export function useListPlace<Sort extends string>(
  set: (
    values: Partial<Settable & { sort: Sort; dir: Direction }>,
    options?: { history?: 'push' | 'replace' },
  ) => unknown,
) {
  const open = useCallback((id: string | null) => void set({ peek: id }), [set]);
  const sort = useCallback((key: Sort, dir: Direction) => void set({ sort: key, dir, cursor: null }), [set]);
  return useMemo(
    () => ({
      open,
      sort,
      close: () => void set({ peek: null }, { history: 'replace' }),
      search: (q: string) => void set({ q, cursor: null }, { history: 'replace' }),
      turn: (cursor: string | null) => void set({ cursor }),
      resize: (size: PageSize) => void set({ size, cursor: null }),
    }),
    [set, open, sort],
  );
}
