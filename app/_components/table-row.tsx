'use client';

import { clsx } from 'clsx';
import { memo } from 'react';
import type { Column } from './column';
import { SelectBox } from './select-box';
import { SKELETON } from './skeleton';

/** Stays at the right edge; what scrolls beneath it fades out. */
const PINNED =
  'md:sticky md:right-0 md:z-[5] md:overflow-visible before:pointer-events-none before:absolute before:inset-y-0 before:-left-4 before:w-4 before:bg-linear-to-r before:from-transparent before:to-(--row) max-md:before:hidden';

const CELL = 'h-[34px] border-b px-3 py-0 align-middle';

interface BodyRowProps<Row extends { id: string }, Sort extends string> {
  row: Row;
  columns: readonly Column<Row, Sort>[];
  open: boolean;
  gone: boolean;
  selected: boolean;
  /** What a person calls it, where it can be selected. */
  name: string;
  /** Left out where rows cannot be selected. */
  onSelect: ((id: string) => void) | undefined;
}

function BodyRowView<Row extends { id: string }, Sort extends string>({
  row,
  columns,
  open,
  gone,
  selected,
  name,
  onSelect,
}: BodyRowProps<Row, Sort>) {
  return (
    <tr
      data-row={row.id}
      data-open={open}
      data-gone={gone}
      data-selected={selected}
      className={clsx('row-paint', gone && '[&_svg]:animate-none')}
    >
      {onSelect === undefined ? null : (
        <td className="sticky left-0 z-[5] h-[34px] border-b py-0 pr-0 pl-2 align-middle">
          <SelectBox label={`Select ${name}`} checked={selected} onChange={() => onSelect(row.id)} />
        </td>
      )}
      {columns.map((column, index) => {
        const className = clsx(
          CELL,
          'truncate',
          gone && 'text-faint line-through opacity-60',
          column.align === 'end' && 'text-right',
          index === 0 && ['sticky z-[5] text-left font-normal', onSelect === undefined ? 'left-0' : 'left-9'],
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
export const BodyRow = memo(BodyRowView) as typeof BodyRowView;

/** Stands in for a row that is on its way, as high as it will be. */
export function SkeletonRow({ columns, index }: { columns: number; index: number }) {
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
