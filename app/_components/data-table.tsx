'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from 'react';
import type { Direction } from '~/app/_lib/list-params';
import { SKELETON } from './skeleton';

/** One column. The first is the row's header: it holds the link that names the row. */
export interface Column<Row, Sort extends string> {
  id: string;
  header: string;
  /** Sort key of the API; left out where nothing can be sorted. */
  sort?: Sort;
  /** Width in rem; left out for those that share what remains. */
  width?: number;
  align?: 'end';
  /** The verbs: stays at the right edge while the rest scrolls. */
  pinned?: boolean;
  cell: (row: Row) => ReactNode;
}

interface DataTableProps<Row extends { id: string }, Sort extends string> {
  /** Accessible name, e.g. `Volumes`. */
  name: string;
  columns: readonly Column<Row, Sort>[];
  /** Undefined while the first page is on its way. */
  rows: readonly Row[] | undefined;
  /** Rows that the skeleton has while nothing is known. */
  skeleton: number;
  /** Old rows stay, dimmed, while new ones are fetched. */
  refreshing: boolean;
  sort?: { key: Sort; direction: Direction } | undefined;
  onSort?: (key: Sort, direction: Direction) => void;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Rows that exist no more; they stay in place until the list is fetched anew. */
  gone: ReadonlySet<string>;
  /** Shown instead of rows: nothing matches, no right, an error. */
  instead?: ReactNode;
  /** Least width in rem before it scrolls sideways. */
  minWidth: number;
}

/** A dense table: sorting, sticky header and first column, skeleton of final height. */
export function DataTable<Row extends { id: string }, Sort extends string>({
  name,
  columns,
  rows,
  skeleton,
  refreshing,
  sort,
  onSort,
  openId,
  onOpen,
  gone,
  instead,
  minWidth,
}: DataTableProps<Row, Sort>) {
  const table = useRowClicks(onOpen);
  return (
    <div className="relative min-h-64 flex-1 overflow-auto bg-surface [scroll-padding:2.25rem_0_0_14rem]">
      <table
        ref={table}
        aria-label={name}
        aria-busy={rows === undefined || refreshing}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: `${minWidth}rem` }}
      >
        <colgroup>
          {columns.map((column) => (
            <col
              key={column.id}
              className="w-(--width) max-sm:first:w-38"
              style={
                { '--width': column.width === undefined ? 'auto' : `${column.width}rem` } as CSSProperties
              }
            />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <HeaderCell
                key={column.id}
                column={column}
                first={index === 0}
                direction={sort !== undefined && sort.key === column.sort ? sort.direction : null}
                {...(onSort === undefined ? {} : { onSort })}
              />
            ))}
          </tr>
        </thead>
        <tbody className={clsx('transition-opacity', refreshing && 'opacity-55')}>
          {rows?.map((row) => (
            <BodyRow
              key={row.id}
              row={row}
              columns={columns}
              open={row.id === openId}
              gone={gone.has(row.id)}
            />
          ))}
          {rows === undefined && instead === undefined
            ? SKELETON.slice(0, skeleton).map((key, index) => (
                <SkeletonRow key={key} columns={columns.length} index={index} />
              ))
            : null}
        </tbody>
      </table>
      {instead === undefined ? null : (
        <div className="sticky left-0 grid w-full place-items-center px-4 py-16">{instead}</div>
      )}
    </div>
  );
}

/** A press anywhere in a row opens it, unless it was on something of its own, or marked text. */
function useRowClicks(onOpen: (id: string) => void) {
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

/** Stays at the right edge; what scrolls beneath it fades out. */
const PINNED =
  'md:sticky md:right-0 md:z-[5] md:overflow-visible before:pointer-events-none before:absolute before:inset-y-0 before:-left-4 before:w-4 before:bg-linear-to-r before:from-transparent before:to-(--row) max-md:before:hidden';

const CELL = 'h-[34px] border-b px-3 py-0 align-middle';

function HeaderCell<Row, Sort extends string>({
  column,
  first,
  direction,
  onSort,
}: {
  column: Column<Row, Sort>;
  first: boolean;
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
        first && 'left-0 z-20',
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

interface BodyRowProps<Row extends { id: string }, Sort extends string> {
  row: Row;
  columns: readonly Column<Row, Sort>[];
  open: boolean;
  gone: boolean;
}

function BodyRowView<Row extends { id: string }, Sort extends string>({
  row,
  columns,
  open,
  gone,
}: BodyRowProps<Row, Sort>) {
  return (
    <tr
      data-row={row.id}
      data-open={open}
      data-gone={gone}
      className={clsx('row-paint', gone && '[&_svg]:animate-none')}
    >
      {columns.map((column, index) => {
        const className = clsx(
          CELL,
          'truncate',
          gone && 'text-faint line-through opacity-60',
          column.align === 'end' && 'text-right',
          index === 0 && 'sticky left-0 z-[5] text-left font-normal',
          column.pinned && ['text-right', PINNED],
        );
        return index === 0 ? (
          <th key={column.id} scope="row" className={className}>
            {column.cell(row)}
            {gone ? <span className="sr-only"> (gone)</span> : null}
          </th>
        ) : (
          <td key={column.id} className={className}>
            {gone && column.pinned ? <span className="no-underline">gone</span> : column.cell(row)}
          </td>
        );
      })}
    </tr>
  );
}

/** A row is drawn again only when it changed itself: a live update of one leaves the other 199 alone. */
const BodyRow = memo(BodyRowView) as typeof BodyRowView;

function SkeletonRow({ columns, index }: { columns: number; index: number }) {
  return (
    <tr aria-hidden>
      {SKELETON.slice(0, columns).map((key, column) => (
        <td key={key} className={CELL}>
          <span
            className="block h-2.5 animate-breathe rounded bg-hover"
            style={{ width: `${35 + ((index * 7 + column * 23) % 50)}%` }}
          />
        </td>
      ))}
    </tr>
  );
}
