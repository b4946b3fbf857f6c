'use client';

import { useQuery } from '@tanstack/react-query';
import { Drawer } from '~/app/_components/drawer';
import { Section } from '~/app/_components/section';
import { OneThing } from '~/app/_entities/one-thing';
import { operationTitle } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { OperationFactList } from './operation-facts';
import { OperationSteps } from './operation-steps';

/** A look at one operation beside the list. */
export function OperationDrawer({
  id,
  onClose,
  onMove,
  returnTo,
}: {
  id: string;
  onClose: () => void;
  onMove: (step: -1 | 1) => void;
  returnTo: () => HTMLElement | null;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.operations.get.queryOptions({ id }));
  return (
    <Drawer
      kind="Operation"
      title={query.data === undefined ? 'Operation' : operationTitle(query.data)}
      href={paths.operation(id)}
      onClose={onClose}
      onMove={onMove}
      returnTo={returnTo}
    >
      <OneThing noun="operation" query={query}>
        {(operation) => (
          <>
            <Section title="Overview">
              <OperationFactList operation={operation} />
            </Section>
            <Section title="Steps">
              <OperationSteps operation={operation} />
            </Section>
          </>
        )}
      </OneThing>
    </Drawer>
  );
}
