'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { useLastList } from '~/app/_lib/last-list';

export interface Tab {
  id: string;
  label: string;
  count?: number;
  content: ReactNode;
}

/** The page of one thing: where it belongs, its name and state, what can be done, and its tabs (in the URL). */
export function DetailPage({
  parent,
  title,
  status,
  action,
  tabs,
}: {
  parent: { href: string; label: string };
  title: string;
  status?: ReactNode;
  action?: ReactNode;
  tabs: readonly Tab[];
}) {
  const [chosen, choose] = useQueryState('tab', parseAsString.withOptions({ history: 'push' }));
  const back = useLastList(parent.href);
  const first = tabs[0]?.id ?? '';
  const current = tabs.some((tab) => tab.id === chosen) ? (chosen ?? first) : first;
  return (
    <Tabs.Root
      value={current}
      onValueChange={(value) => void choose(value === first ? null : value)}
      className="flex min-h-full flex-col"
    >
      <header className="shrink-0 border-b px-4 pt-3 sm:px-6">
        <nav aria-label="Breadcrumb">
          <ol className="flex items-center gap-1 text-sm">
            <li>
              <Link
                href={back}
                className="inline-flex min-h-6 items-center rounded text-muted hover:text-ink hover:underline"
              >
                {parent.label}
              </Link>
            </li>
            <li aria-hidden className="text-faint">
              <ChevronRight className="size-3.5" />
            </li>
            <li aria-current="page" className="truncate text-muted">
              {title}
            </li>
          </ol>
        </nav>
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{title}</h1>
          {status}
          <div className="ml-auto flex items-center gap-2">{action}</div>
        </div>
        <Tabs.List aria-label={`About ${title}`} className="-mb-px mt-3 flex gap-5 overflow-x-auto">
          {tabs.map((tab) => (
            <Tabs.Trigger
              key={tab.id}
              value={tab.id}
              className={clsx(
                'flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-muted text-sm outline-offset-[-2px] hover:text-ink',
                'data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : (
                <span className="rounded bg-sunken px-1 text-muted text-xs tabular-nums">{tab.count}</span>
              )}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </header>
      {tabs.map((tab) => (
        <Tabs.Content
          key={tab.id}
          value={tab.id}
          className="flex-1 bg-surface px-4 py-5 outline-offset-[-2px] sm:px-6"
        >
          <div className="max-w-7xl">{tab.content}</div>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
