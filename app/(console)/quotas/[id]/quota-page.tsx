'use client';

import { useQuery } from '@tanstack/react-query';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { DetailPage } from '~/app/_components/detail-page';
import { RawDocument } from '~/app/_components/raw-document';
import { OneThing } from '~/app/_entities/one-thing';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { QuotaView } from '../quota-view';

/** The quota of one project. */
export function QuotaPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.quotas.get.queryOptions({ projectId: id }));
  return (
    <OneThing noun="quota" query={query}>
      {(quota) => (
        <DetailPage
          parent={{ href: paths.quotasOfAll, label: 'Quotas' }}
          title={`Quota of ${quota.project.name}`}
          action={
            <ObjectActionsMenu object={{ kind: 'project', id, name: quota.project.name }} look="page" />
          }
          tabs={[
            {
              id: 'overview',
              label: 'Overview',
              content: (
                <div className="max-w-5xl">
                  <QuotaView quota={quota} />
                </div>
              ),
            },
            { id: 'raw', label: 'Raw', content: <RawDocument document={quota} label="quota document" /> },
          ]}
        />
      )}
    </OneThing>
  );
}
