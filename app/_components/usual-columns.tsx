'use client';

import type { ReactNode } from 'react';
import type { Column } from './column';
import { RowLink } from './row-link';
import { RelativeTime } from './time';

/** Columns that mean the same in every list. */

type OfProject = { projectName: string } | { project: { name: string } };

const PROJECT: Column<OfProject, 'project'> = {
  id: 'project',
  header: 'Project',
  sort: 'project',
  width: 6,
  cell: (row) => <span className="text-muted">{'project' in row ? row.project.name : row.projectName}</span>,
};

export const CREATED: Column<{ createdAt: string }, 'created'> = {
  id: 'created',
  header: 'Created',
  sort: 'created',
  width: 7,
  cell: (row) => (
    <span className="text-muted">
      <RelativeTime iso={row.createdAt} />
    </span>
  ),
};

/**
 * @param first the column that names a row
 * @returns all columns of a list; with the project beside the name where rows of several projects are listed
 */
export function withProject<Row extends OfProject, Sort extends string>(
  first: Column<Row, Sort>,
  others: readonly Column<Row, Sort>[],
): (projects: boolean) => readonly Column<Row, Sort | 'project'>[] {
  return (projects) => (projects ? [first, PROJECT, ...others] : [first, ...others]);
}

/** What names a row: the link to its page, and what is special about it. */
export function NameCell({
  href,
  name,
  isId = false,
  flags,
}: {
  href: string;
  name: string;
  /** What is shown is an id, for want of a name. */
  isId?: boolean;
  flags?: ReactNode;
}) {
  return (
    <span className="flex items-center gap-1">
      <span className="truncate">
        <RowLink href={href} isId={isId}>
          {name}
        </RowLink>
      </span>
      {flags}
    </span>
  );
}
