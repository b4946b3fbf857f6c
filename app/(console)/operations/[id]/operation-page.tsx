'use client';

import { useQuery } from '@tanstack/react-query';
import { DetailPage } from '~/app/_components/detail-page';
import { Section } from '~/app/_components/section';
import { TwoColumns } from '~/app/_components/two-columns';
import { overviewTab, rawTab } from '~/app/_entities/detail-tabs';
import { OneThing } from '~/app/_entities/one-thing';
import { operationTitle } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { OperationFactList } from '../operation-facts';
import { OperationSteps } from '../operation-steps';
import { OutcomeBadge } from '../outcome-badge';
import { StateChange } from '../state-change';

/** One operation: who, what, each step, and what it changed. */
export function OperationPage({ id }: { id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.operations.get.queryOptions({ id }));
  return (
    <OneThing noun="operation" query={query}>
      {(operation) => (
        <DetailPage
          parent={{ href: paths.operations, label: 'Operations' }}
          title={operationTitle(operation)}
          status={<OutcomeBadge pill operation={operation} />}
          tabs={[
            overviewTab(
              <TwoColumns
                left={
                  <Section title="Facts">
                    <OperationFactList operation={operation} />
                  </Section>
                }
                right={
                  <>
                    <Section title="Steps">
                      <OperationSteps operation={operation} />
                    </Section>
                    <Section title="What it changed">
                      <StateChange operation={operation} />
                    </Section>
                  </>
                }
              />,
            ),
            rawTab('operation', operation),
          ]}
        />
      )}
    </OneThing>
  );
}
