'use client';

import type { ReactNode } from 'react';
import { OneThing } from '~/app/_entities/one-thing';
import { Drawer } from './drawer';

/** What a list tells the drawer that shows one of its rows. */
export interface DrawerProps {
  id: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
}

/**
 * The drawer of one thing: the thing, its skeleton, or why it cannot be read.
 * @param kind what it is, e.g. `Volume`; stands for its title until that is known
 * @param href its page, for work that takes longer; left out for what has none
 */
export function ObjectDrawer<Thing>({
  kind,
  href,
  query,
  title,
  place: { onClose, onMove, returnTo },
  children,
}: {
  kind: string;
  href?: string;
  query: { data: Thing | undefined; error: unknown; refetch: () => unknown };
  title: (thing: Thing) => string;
  place: DrawerProps;
  children: (thing: Thing) => ReactNode;
}) {
  return (
    <Drawer
      kind={kind}
      title={query.data === undefined ? kind : title(query.data)}
      {...(href === undefined ? {} : { href })}
      onClose={onClose}
      onMove={onMove}
      returnTo={returnTo}
    >
      <OneThing noun={kind.toLowerCase()} query={query}>
        {children}
      </OneThing>
    </Drawer>
  );
}
