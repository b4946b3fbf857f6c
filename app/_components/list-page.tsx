'use client';

import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { totalText } from './pager';

/**
 * What a list is made of, top to bottom. The place for new rows is kept free, so that nothing moves when they come.
 */
export function ListPage({
  title,
  total,
  arrivals,
  action,
  views,
  search,
  filters,
  children,
  pager,
}: {
  title: string;
  total: { count: number; capped: boolean } | undefined;
  arrivals?: { count: number; show: () => void };
  action?: ReactNode;
  /** The way to lists beside this one. */
  views?: ReactNode;
  search: ReactNode;
  /** In one line that scrolls where it is narrow. */
  filters: ReactNode;
  children: ReactNode;
  pager: ReactNode;
}) {
  return (
    <>
      <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-1.5 sm:px-5">
        <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
        <p className="text-faint text-sm tabular-nums">
          {total === undefined ? null : (
            <>
              <span className="sr-only">Total: </span>
              {totalText(total)}
            </>
          )}
        </p>
        {arrivals !== undefined && arrivals.count > 0 ? (
          <Button
            size="small"
            onClick={arrivals.show}
            // Where the heading has no place to keep free, above the pages.
            className="animate-enter text-accent-ink max-sm:fixed max-sm:bottom-14 max-sm:left-1/2 max-sm:z-20 max-sm:-translate-x-1/2 max-sm:shadow-dialog"
          >
            <Sparkles aria-hidden className="size-3" />
            {arrivals.count.toLocaleString()} new · Show
          </Button>
        ) : null}
        {action === undefined ? null : (
          // They stay together: on a phone without icons, so that three fit beside the heading.
          <div className="ml-auto flex shrink-0 items-center gap-3 max-sm:gap-1.5 max-[27rem]:*:px-2 max-[27rem]:[&_svg]:hidden">
            {action}
          </div>
        )}
      </header>
      {views}
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 pb-3 sm:px-5">
        {search}
        <div className="-m-1 flex min-w-0 gap-2 p-1 max-sm:overflow-x-auto sm:flex-wrap">{filters}</div>
      </div>
      {children}
      {pager}
      <p role="status" className="sr-only">
        {total === undefined ? 'Loading' : `${totalText(total)} ${title.toLowerCase()}`}
        {arrivals !== undefined && arrivals.count > 0 ? `, ${arrivals.count} new` : ''}
      </p>
    </>
  );
}
