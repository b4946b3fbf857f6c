'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { ChevronsUpDown, Layers } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { announce } from '~/app/_components/announce';
import { Menu } from '~/app/_components/menu';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { isAdmin } from '~/server/domain/roles';
import { isScoped } from './navigation';
import { useSession } from './session-provider';
import { useScope } from './use-scope';

/** No project id is a star. */
const EVERYTHING = '*';

/** Which project the lists are of: one, or for administrators all. */
export function ProjectSwitcher({ compact }: { compact: boolean }) {
  const session = useSession();
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const queryClient = useQueryClient();
  const { all } = useScope();
  const list = isScoped(pathname) ? pathname : paths.servers;
  const change = useMutation(
    trpc.session.switchProject.mutationOptions({
      onSuccess: (now) => {
        // Another project's rows must not show for a moment under this one's name.
        queryClient.clear();
        router.push(list);
        router.refresh();
        if (now !== null) announce(`Project ${now.project.name}`);
      },
    }),
  );

  function choose(value: string) {
    if (value === EVERYTHING) return router.push(`${list}?all=true`);
    if (value !== session.project.id) return change.mutate({ projectId: value });
    if (all) router.push(list);
  }

  const admin = isAdmin(session.actor);
  const name = all ? 'All projects' : session.project.name;
  const choices = [
    ...session.projects.map((project) => ({
      value: project.id,
      label: project.name,
      note: project.roles.join(', '),
    })),
    ...(admin ? [{ value: EVERYTHING, label: 'All projects', note: 'admin' }] : []),
  ];
  return (
    <Menu
      align="start"
      button={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`Project: ${name}`}
          {...(compact ? { 'data-hint': `Project: ${name}` } : {})}
          className={clsx(
            'flex h-9 w-full items-center gap-2 rounded-md border bg-surface text-sm hover:bg-hover',
            compact ? 'justify-center' : 'px-2.5',
          )}
        >
          {compact ? (
            <Layers aria-hidden className="size-4 text-muted" />
          ) : (
            <>
              <span className="min-w-0 flex-1 truncate text-left font-medium">{name}</span>
              <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
            </>
          )}
        </button>
      )}
      items={() => [
        { kind: 'heading', label: 'Project' },
        { kind: 'choices', value: all ? EVERYTHING : session.project.id, onChange: choose, choices },
      ]}
    />
  );
}
