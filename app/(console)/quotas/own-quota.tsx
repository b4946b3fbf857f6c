'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { OneThing } from '~/app/_entities/one-thing';
import { useSession } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import { DefaultQuotasButton } from './default-quotas-button';
import { QuotaView } from './quota-view';

/** The quota of the project that somebody is in. */
export function OwnQuota() {
  const { project } = useSession();
  const trpc = useTRPC();
  const query = useQuery(trpc.quotas.current.queryOptions());
  return (
    <>
      <header className="flex shrink-0 items-center gap-4 border-b px-4 py-3 sm:px-5">
        <div className="min-w-0 flex-1">
          <h1 className="font-semibold text-lg tracking-tight">Quotas</h1>
          <p className="text-muted text-sm">
            What project {project.name} may have, and how much of it is taken.
          </p>
        </div>
        <DefaultQuotasButton />
        <ObjectActionsMenu object={{ kind: 'project', id: project.id, name: project.name }} look="page" />
      </header>
      <div className="flex-1 bg-surface">
        <div className="max-w-5xl px-4 py-5 sm:px-5">
          <OneThing noun="quota" query={query}>
            {(quota) => <QuotaView quota={quota} />}
          </OneThing>
        </div>
      </div>
    </>
  );
}
