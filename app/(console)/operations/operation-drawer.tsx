'use client';

import { useQuery } from '@tanstack/react-query';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { operationTitle } from '~/app/_lib/operation-words';
import { paths } from '~/app/_lib/paths';
import { useTRPC } from '~/app/_trpc/context';
import { OperationFactList } from './operation-facts';
import { OperationSteps } from './operation-steps';

/** A look at one operation beside the list. */
export function OperationDrawer(place: DrawerProps) {
  const { id } = place;
  const trpc = useTRPC();
  const query = useQuery(trpc.operations.get.queryOptions({ id }));
  return (
    <ObjectDrawer
      kind="Operation"
      href={paths.operation(id)}
      query={query}
      title={operationTitle}
      place={place}
    >
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
    </ObjectDrawer>
  );
}
