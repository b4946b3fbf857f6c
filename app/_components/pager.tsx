'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { PAGE_SIZES, type PageSize } from '~/app/_lib/list-params';
import { Button } from './button';

interface PageEnds {
  next: string | null;
  previous: string | null;
  total: { count: number; capped: boolean };
  rows: readonly unknown[];
}

/** @returns how many there are, with `+` where the count was cut short */
export function totalText({ count, capped }: { count: number; capped: boolean }): string {
  return `${count.toLocaleString()}${capped ? '+' : ''}`;
}

/** Previous, next and size. Pages are cut by key, so there are no page numbers to jump to. */
export function Pager({
  page,
  size,
  onCursor,
  onSize,
}: {
  page: PageEnds | undefined;
  size: PageSize;
  onCursor: (cursor: string | null) => void;
  onSize: (size: PageSize) => void;
}) {
  const previous = page?.previous ?? null;
  const next = page?.next ?? null;
  return (
    <nav
      aria-label="Pages"
      className="flex h-11 shrink-0 items-center gap-3 border-t bg-canvas px-3 text-muted text-sm sm:px-4"
    >
      <p className="min-w-0 flex-1 truncate tabular-nums">
        {page === undefined ? ' ' : `${page.rows.length.toLocaleString()} of ${totalText(page.total)}`}
      </p>
      <label className="flex items-center gap-2">
        <span className="max-sm:sr-only">Rows per page</span>
        <select
          value={size}
          onChange={(event) => {
            const chosen = PAGE_SIZES.find((each) => each === Number(event.target.value));
            if (chosen !== undefined) onSize(chosen);
          }}
          className="h-7 rounded-md border border-control bg-surface px-1.5 text-ink text-sm"
        >
          {PAGE_SIZES.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <div className="flex gap-1">
        <PageButton label="Previous page" cursor={previous} onCursor={onCursor}>
          <ChevronLeft aria-hidden className="size-4" />
        </PageButton>
        <PageButton label="Next page" cursor={next} onCursor={onCursor}>
          <ChevronRight aria-hidden className="size-4" />
        </PageButton>
      </div>
    </nav>
  );
}

function PageButton({
  label,
  cursor,
  onCursor,
  children,
}: {
  label: string;
  cursor: string | null;
  onCursor: (cursor: string) => void;
  children: React.ReactNode;
}) {
  return (
    <Button
      size="icon"
      aria-label={label}
      data-hint={label}
      // Not `disabled`: on the last page that would drop the focus of whoever pressed it.
      aria-disabled={cursor === null}
      onClick={() => {
        if (cursor !== null) onCursor(cursor);
      }}
    >
      {children}
    </Button>
  );
}
