'use client';

import { clsx } from 'clsx';
import { Keyboard, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { IconButton } from '~/app/_components/button';
import { paths } from '~/app/_lib/paths';
import { policyRefusal } from '~/server/domain/policy';
import { LinkStatus } from './link-status';
import { Mark } from './mark';
import { DESTINATION_GROUPS } from './navigation';
import { ProjectSwitcher } from './project-switcher';
import { useSession } from './session-provider';
import { ThemeMenu } from './theme-menu';
import { useScope } from './use-scope';
import { UserMenu } from './user-menu';

/**
 * Where to go, in which project, and as whom.
 * @param compact icons only
 * @param onCompact left out where it cannot be made narrow, as on a narrow screen
 * @param onGo called when a link was followed
 */
export function Rail({
  compact,
  onCompact,
  onGo = stay,
  onHelp,
}: {
  compact: boolean;
  onCompact?: (compact: boolean) => void;
  onGo?: () => void;
  onHelp: () => void;
}) {
  const { withScope } = useScope();
  const Fold = compact ? PanelLeftOpen : PanelLeftClose;
  return (
    <div className={clsx('flex h-full flex-col gap-3 py-3', compact ? 'px-2' : 'px-3')}>
      <Link
        href={withScope(paths.servers)}
        aria-label="Mooring, start page"
        onClick={onGo}
        className={clsx('flex h-8 items-center gap-2 rounded-md', compact ? 'justify-center' : 'px-1.5')}
      >
        <Mark className="size-5 text-accent-ink" />
        {compact ? null : <span className="font-semibold text-lg tracking-tight">Mooring</span>}
      </Link>
      <ProjectSwitcher compact={compact} />
      <Destinations compact={compact} withScope={withScope} onGo={onGo} />
      <div className="mt-auto flex shrink-0 flex-col gap-1.5">
        <LinkStatus compact={compact} />
        <div className={clsx('flex gap-1 border-t pt-2', compact && 'flex-col items-center')}>
          <ThemeMenu side={compact ? 'right' : 'top'} />
          <IconButton label="Keyboard shortcuts" onClick={onHelp}>
            <Keyboard aria-hidden className="size-4" />
          </IconButton>
          {onCompact === undefined ? null : (
            <IconButton
              label={compact ? 'Widen navigation' : 'Narrow navigation'}
              className={clsx(!compact && 'ml-auto')}
              onClick={() => onCompact(!compact)}
            >
              <Fold aria-hidden className="size-4" />
            </IconButton>
          )}
        </div>
        <UserMenu compact={compact} />
      </div>
    </div>
  );
}

function stay(): void {}

function Destinations({
  compact,
  withScope,
  onGo,
}: {
  compact: boolean;
  withScope: (href: string) => string;
  onGo: () => void;
}) {
  const { actor } = useSession();
  const pathname = usePathname();
  const groups = DESTINATION_GROUPS.map(({ label, destinations }) => ({
    label,
    destinations: destinations.filter(
      ({ policy }) => policy === undefined || policyRefusal(policy, actor, null) === null,
    ),
  }));
  return (
    <nav aria-label="Main" className="-mx-1 flex min-h-0 flex-col gap-3 overflow-y-auto px-1 py-px">
      {groups.map(({ label: group, destinations }) => (
        <div key={group} className={clsx(compact && 'border-t pt-2 first:border-t-0 first:pt-0')}>
          {compact ? null : (
            <p aria-hidden className="mb-0.5 px-2.5 text-2xs text-faint">
              {group}
            </p>
          )}
          <ul aria-label={group} className="flex flex-col gap-0.5">
            {destinations.map(({ href, label, icon: Icon }) => {
              const here = pathname === href || pathname.startsWith(`${href}/`);
              return (
                <li key={href}>
                  <Link
                    href={withScope(href)}
                    {...(here ? { 'aria-current': pathname === href ? 'page' : 'true' } : {})}
                    {...(compact ? { 'aria-label': label, 'data-hint': label } : {})}
                    onClick={onGo}
                    className={clsx(
                      'flex h-8 items-center gap-2.5 rounded-md text-sm',
                      compact ? 'justify-center' : 'px-2.5',
                      here ? 'bg-selected font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
                    )}
                  >
                    <Icon aria-hidden className={clsx('size-4 shrink-0', here && 'text-accent-ink')} />
                    {compact ? null : label}
                  </Link>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
