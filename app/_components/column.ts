import type { ReactNode } from 'react';

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
