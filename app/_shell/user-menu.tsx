'use client';

import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { LogOut } from 'lucide-react';
import { Menu } from '~/app/_components/menu';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { useSession } from './session-provider';

/** Who is logged in, with which roles, and the way out. */
export function UserMenu({ compact }: { compact: boolean }) {
  const { user, project, roles } = useSession();
  const trpc = useTRPC();
  const logOut = useMutation(
    trpc.session.logOut.mutationOptions({
      // A whole new page: nothing of what was shown stays in memory.
      onSettled: () => window.location.assign(paths.login()),
    }),
  );
  return (
    <Menu
      align="start"
      side="top"
      button={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`Account: ${user.name}`}
          className={clsx(
            'flex h-9 w-full min-w-0 items-center gap-2.5 rounded-md text-sm hover:bg-hover',
            compact ? 'justify-center' : 'px-1.5',
          )}
        >
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-accent font-medium text-2xs text-on-accent uppercase"
          >
            {user.name.slice(0, 1)}
          </span>
          {compact ? null : (
            <>
              <span className="min-w-0 flex-1 truncate text-left">{user.name}</span>
              <span className="truncate text-faint text-xs">{roles.join(', ')}</span>
            </>
          )}
        </button>
      )}
      items={() => [
        {
          kind: 'heading',
          label: `${user.name} is ${roles.length === 0 ? 'without a role' : roles.join(', ')} in ${project.name}`,
        },
        { kind: 'line' },
        { kind: 'action', icon: LogOut, label: 'Log out', onAct: () => logOut.mutate() },
      ]}
    />
  );
}
