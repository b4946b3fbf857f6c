'use client';

import { Ellipsis } from 'lucide-react';
import { IconButton } from './button';
import { Menu } from './menu';
import type { MenuItem } from './menu-items';

/** What else can be done with a row. */
export function RowMenu({ name, items }: { name: string; items: () => readonly MenuItem[] }) {
  return (
    <Menu
      button={(props) => (
        <IconButton label={`More for ${name}`} size="iconSmall" {...props}>
          <Ellipsis aria-hidden className="size-4" />
        </IconButton>
      )}
      items={items}
    />
  );
}
