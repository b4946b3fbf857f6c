'use client';

import { useCallback, useMemo, useRef, useState } from 'react';

/** What is kept of a selected row, also when another page is on screen. */
export interface Selected {
  id: string;
  name: string;
}

export interface Selection<Row> {
  /** What a person calls the row. */
  name: (row: Row) => string;
  has: (id: string) => boolean;
  toggle: (id: string) => void;
  /** Selects all of these; takes them out when all of them are in already. */
  toggleAll: (ids: readonly string[]) => void;
}

/**
 * Which rows of a list are selected.
 * @param rows on screen
 * @param name tells what a person calls a row; has to stay the same function
 */
export function useSelection<Row extends { id: string }>(
  rows: readonly Row[] | undefined,
  name: (row: Row) => string,
) {
  const [kept, setKept] = useState<ReadonlyMap<string, Selected>>(new Map());
  // A live update of one row must not draw all others again.
  const shown = useRef(rows);
  shown.current = rows;
  const toggleAll = useCallback(
    (ids: readonly string[]) => setKept((before) => toggled(before, ids, shown.current ?? [], name)),
    [name],
  );
  const toggle = useCallback((id: string) => toggleAll([id]), [toggleAll]);
  const selection = useMemo<Selection<Row>>(
    () => ({ name, has: (id) => kept.has(id), toggle, toggleAll }),
    [name, kept, toggle, toggleAll],
  );
  return { selection, selected: [...kept.values()], clear: () => setKept(new Map()) };
}

function toggled<Row extends { id: string }>(
  before: ReadonlyMap<string, Selected>,
  ids: readonly string[],
  rows: readonly Row[],
  name: (row: Row) => string,
): ReadonlyMap<string, Selected> {
  const next = new Map(before);
  const all = ids.every((id) => before.has(id));
  for (const id of ids) {
    const row = rows.find((each) => each.id === id);
    if (all) next.delete(id);
    else if (row !== undefined) next.set(id, { id, name: name(row) });
  }
  return next;
}
