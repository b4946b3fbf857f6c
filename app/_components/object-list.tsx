'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import { type ComponentType, Fragment, type ReactNode, useMemo } from 'react';
import { useRememberedList } from '~/app/_lib/last-list';
import type { Direction, PageSize } from '~/app/_lib/list-params';
import { useListPlace } from '~/app/_lib/list-place';
import type { ChangeKind } from '~/app/_live/changes';
import { useLive } from '~/app/_live/live-provider';
import { useArrivals } from '~/app/_live/use-arrivals';
import type { PageOf } from '~/app/_trpc/types';
import type { Column } from './column';
import { DataTable } from './data-table';
import type { ListFilter } from './list-filters';
import { ListPage } from './list-page';
import { insteadOfRows } from './list-states';
import type { DrawerProps } from './object-drawer';
import { Pager } from './pager';
import { SearchField } from './search-field';
import { useListKeys } from './use-list-keys';
import { type Selected, useSelection } from './use-selection';

/** What a list is, apart from where somebody is in it. */
export interface ListDefinition<Row extends { id: string }, Sort extends string> {
  /** Plural, e.g. `Volumes`. */
  title: string;
  /** @param projects whether rows of several projects are listed */
  columns: (projects: boolean) => readonly Column<Row, Sort>[];
  /** Least width in rem before the table scrolls sideways: of one project's rows, and of all projects'. */
  minWidth: { one: number; all: number };
  /** A look at one row beside the list. */
  Drawer: ComponentType<DrawerProps>;
  /** What can be done without choosing a row first. */
  action?: ReactNode;
  /** The way to lists beside this one. */
  views?: ReactNode;
  empty: { icon: LucideIcon; title: string; text: ReactNode };
  /** What can be done with several rows at once; left out where rows cannot be selected. */
  bulk?: Bulk<Row>;
}

/** @typeParam Row of the list */
interface Bulk<Row> {
  /** What a person calls a row. */
  name: (row: Row) => string;
  /** In the place of search and filters while rows are selected. */
  Bar: ComponentType<{ objects: readonly Selected[]; onClear: () => void }>;
}

interface Place<Sort extends string> {
  q: string;
  size: PageSize;
  cursor: string | null;
  all: boolean;
  peek: string | null;
  sort: Sort;
  dir: Direction;
}

/** Where the rows come from. */
interface Source<Row> {
  query: {
    data: PageOf<Row> | undefined;
    error: unknown;
    isPlaceholderData: boolean;
    refetch: () => unknown;
  };
  /** Left out where all rows come at once: there are no pages to turn then. */
  pages?: {
    /** What the change stream calls these things. */
    kind: ChangeKind;
    /** Key of the query, to put another page in its place. */
    queryKey: QueryKey;
    /** Fetches the same page anew, without showing it. */
    ask: () => Promise<PageOf<Row>>;
  };
}

function idOf({ id }: { id: string }): string {
  return id;
}

function noPages(): Promise<never> {
  return Promise.reject(new Error('This list has all its rows at once.'));
}

/**
 * A list of things of one kind: search, filters, a table, a drawer, pages, keys, and rows that arrive meanwhile. All
 * that somebody has chosen is in the URL.
 * @param params the list's URL parameters
 * @param set changes them
 */
export function ObjectList<Row extends { id: string }, Sort extends string>({
  definition,
  params,
  set,
  filters,
  source: { query, pages },
}: {
  definition: ListDefinition<Row, Sort>;
  params: Place<Sort>;
  set: Parameters<typeof useListPlace<Sort>>[0];
  filters: readonly ListFilter[];
  source: Source<Row>;
}) {
  const { title, Drawer } = definition;
  const place = useListPlace<Sort>(set);
  useRememberedList();
  const queryClient = useQueryClient();
  const { gone } = useLive();
  const page = query.data;
  const arrivals = useArrivals(
    pages?.kind ?? null,
    params.cursor === null && !query.isPlaceholderData ? page : undefined,
    pages?.ask ?? noPages,
    (fresh) => {
      if (pages !== undefined) queryClient.setQueryData(pages.queryKey, fresh);
    },
  );
  const ids = useMemo(() => page?.rows.map((row) => row.id) ?? [], [page]);
  const { move, returnTo } = useListKeys({ ids, openId: params.peek, onOpen: place.open });
  const { bulk } = definition;
  const { selection, selected, clear: deselect } = useSelection(page?.rows, bulk?.name ?? idOf);
  const columns = useMemo(() => definition.columns(params.all), [definition, params.all]);
  const noun = title.toLowerCase();

  function clear() {
    place.search('');
    for (const filter of filters) filter.clear();
  }

  return (
    <ListPage
      title={title}
      total={page?.total}
      arrivals={arrivals}
      action={definition.action}
      views={definition.views}
      search={
        bulk === undefined || selected.length === 0 ? (
          <SearchField label={`Search ${noun}`} value={params.q} onChange={place.search} />
        ) : (
          <bulk.Bar objects={selected} onClear={deselect} />
        )
      }
      filters={
        selected.length === 0 &&
        filters.map(({ label, control }) => <Fragment key={label}>{control}</Fragment>)
      }
      pager={
        pages === undefined ? null : (
          <Pager page={page} size={params.size} onCursor={place.turn} onSize={place.resize} />
        )
      }
    >
      <DataTable
        name={title}
        columns={columns}
        rows={page?.rows}
        skeleton={params.size}
        refreshing={query.isPlaceholderData}
        sort={{ key: params.sort, direction: params.dir }}
        onSort={place.sort}
        openId={params.peek}
        onOpen={place.open}
        gone={gone}
        selection={bulk === undefined ? undefined : selection}
        minWidth={params.all ? definition.minWidth.all : definition.minWidth.one}
        instead={insteadOfRows({
          noun,
          query,
          filtered: params.q !== '' || filters.some(({ active }) => active),
          onClear: clear,
          onFirstPage: params.cursor === null ? undefined : () => place.turn(null),
          empty: definition.empty,
        })}
      />
      {params.peek === null ? null : (
        <Drawer id={params.peek} onClose={place.close} onMove={move} returnTo={returnTo} />
      )}
    </ListPage>
  );
}
