'use client';

import { type ComponentProps, lazy, type ReactElement, Suspense, useState } from 'react';
import type { MenuItem } from './menu-items';

export const loadOpenMenu = () => import('./open-menu');
const OpenMenu = lazy(loadOpenMenu);

/** What the button of a menu has to be given. */
export type MenuButtonProps = Pick<
  ComponentProps<'button'>,
  'aria-haspopup' | 'aria-expanded' | 'onClick' | 'onKeyDown'
>;

/**
 * A list of verbs behind one button. What it takes to show the list is loaded when it is wanted first: two hundred rows
 * then have two hundred buttons, and no more.
 * @param button draws the button, with the given properties
 * @param items asked for when the menu opens
 */
export function Menu({
  button,
  items,
  align = 'end',
  side = 'bottom',
}: {
  button: (props: MenuButtonProps) => ReactElement;
  items: () => readonly MenuItem[];
  align?: 'start' | 'end';
  side?: 'bottom' | 'top' | 'right';
}) {
  const [wanted, setWanted] = useState(false);
  const closed = button({
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      setWanted(true);
    },
  });
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenMenu button={button({})} items={items} align={align} side={side} />
    </Suspense>
  );
}
