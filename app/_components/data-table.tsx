'use client';

import { clsx } from 'clsx';
import { type CSSProperties, type ReactNode, useRef } from 'react';
import { useRememberedScroll } from '~/app/_lib/last-list';
import type { Direction } from '~/app/_lib/list-params';
import type { Column } from './column';
import { SelectBox } from './select-box';
import { SKELETON } from './skeleton';
import { TableHeader } from './table-header';
import { BodyRow, SkeletonRow } from './table-row';
import { useRowPresses } from './use-row-presses';
import type { Selection } from './use-selection';

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
  /** Left out where rows cannot be selected. */
  selection?: Selection<Row> | undefined;
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
  selection,
}: DataTableProps<Row, Sort>) {
  const table = useRowPresses(onOpen);
  const box = useRef<HTMLDivElement>(null);
  useRememberedScroll(box, rows !== undefined && !refreshing);
  const selectable = selection !== undefined;
  const ids = rows?.map((row) => row.id) ?? [];
  return (
    <div
      ref={box}
      className="relative min-h-64 flex-1 overflow-auto bg-surface [scroll-padding:2.25rem_0_0_14rem]"
    >
      <table
        ref={table}
        aria-label={name}
        aria-busy={rows === undefined || refreshing}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
        style={{ minWidth: `${minWidth}rem` }}
      >
        <colgroup>
          {selectable ? <col className="w-9" /> : null}
          {columns.map((column, index) => (
            <col
              key={column.id}
              className={clsx('w-(--width)', index === 0 && 'max-sm:w-38')}
              style={
                { '--width': column.width === undefined ? 'auto' : `${column.width}rem` } as CSSProperties
              }
            />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selection === undefined ? null : (
              <td className="sticky top-0 left-0 z-20 h-9 border-b bg-canvas py-0 pr-0 pl-2">
                <SelectBox
                  label={`Select all ${name.toLowerCase()} on this page`}
                  checked={ids.length > 0 && ids.every(selection.has)}
                  onChange={() => selection.toggleAll(ids)}
                />
              </td>
            )}
            {columns.map((column, index) => (
              <TableHeader
                key={column.id}
                column={column}
                first={index === 0}
                after={selectable}
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
              selected={selection?.has(row.id) ?? false}
              name={selection?.name(row) ?? ''}
              onSelect={selection?.toggle}
            />
          ))}
          {rows === undefined && instead === undefined
            ? SKELETON.slice(0, skeleton).map((key, index) => (
                <SkeletonRow key={key} columns={columns.length + Number(selectable)} index={index} />
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
