'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { Direction } from '~/app/_lib/list-params';
import type { Column } from './column';

/** The head of a column; a button where the whole list can be sorted by it. */
export function TableHeader<Row, Sort extends string>({
  column,
  first,
  after = false,
  direction,
  onSort,
}: {
  column: Column<Row, Sort>;
  first: boolean;
  /** Whether the boxes that select rows come before it. */
  after?: boolean;
  direction: Direction | null;
  onSort?: (key: Sort, direction: Direction) => void;
}) {
  const { sort, header, align, pinned } = column;
  const Icon = direction === null ? ChevronsUpDown : direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={direction === null ? undefined : direction === 'asc' ? 'ascending' : 'descending'}
      className={clsx(
        'sticky top-0 z-10 h-9 border-b bg-canvas px-3 text-left font-medium text-muted text-xs',
        first && (after ? 'left-9 z-20' : 'left-0 z-20'),
        pinned && 'md:right-0 md:z-20',
        align === 'end' && 'text-right',
      )}
    >
      {sort === undefined || onSort === undefined ? (
        <span className={clsx(pinned && 'sr-only')}>{header}</span>
      ) : (
        <button
          type="button"
          onClick={() => onSort(sort, direction === 'asc' ? 'desc' : 'asc')}
          className={clsx(
            'group/sort -mx-1.5 inline-flex h-6 max-w-full items-center gap-1 rounded px-1.5 hover:bg-hover hover:text-ink',
            direction !== null && 'text-ink',
            align === 'end' && 'flex-row-reverse',
          )}
        >
          <span className="truncate">{header}</span>
          <Icon
            aria-hidden
            className={clsx(
              'size-3 shrink-0',
              direction === null &&
                'opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60',
            )}
          />
        </button>
      )}
    </th>
  );
}
