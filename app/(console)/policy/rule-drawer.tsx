'use client';

import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { type DrawerProps, ObjectDrawer } from '~/app/_components/object-drawer';
import { Section } from '~/app/_components/section';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { PolicyRow } from '~/app/_trpc/types';
import { policyRefusal } from '~/server/domain/policy';
import { WhoNow, whoText } from './who';

/** A look at one rule: what asks for it, whether one may, and how an operator changes it. */
export function RuleDrawer(place: DrawerProps) {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.policy.list.queryOptions(),
    select: ({ rows }) => rows.find((row) => row.id === place.id) ?? null,
  });
  return (
    <ObjectDrawer kind="Rule" query={query} title={(rule) => rule?.permits ?? 'Rule'} place={place}>
      {(rule) => (rule === null ? <p>There is no rule {place.id}.</p> : <Rule rule={rule} />)}
    </ObjectDrawer>
  );
}

function Rule({ rule }: { rule: PolicyRow }) {
  const refusal = policyRefusal(rule.id, useActor(), null);
  return (
    <>
      <Section title="Who may">
        <FactList>
          <Fact name="Rule">
            <span className="break-all font-mono text-xs">{rule.id}</span>
          </Fact>
          <Fact name="By default">{whoText(rule.byDefault)}</Fact>
          <Fact name="Now">
            <WhoNow rule={rule} />
          </Fact>
          <Fact name="You">{refusal === null ? 'may' : `may not: ${refusal.message}`}</Fact>
        </FactList>
      </Section>
      {rule.actions.length === 0 ? null : (
        <Section title="Actions that ask for it" count={rule.actions.length}>
          <ul className="space-y-1 text-sm leading-6">
            {rule.actions.map((action) => (
              <li key={action}>{action}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="In the policy file">
        <CodeBlock label="line of the policy file" code={line(rule)} />
        <p className="mt-2 text-muted text-sm">
          One line a rule, for roles (admin, member, reader), owner (any role in the object’s project),
          service (a service token), a list of these, or nobody. It is read at the start.
        </p>
      </Section>
    </>
  );
}

/** @returns the rule as it is now, in YAML */
function line({ id, now }: PolicyRow): string {
  const [one, ...others] = now;
  if (one === undefined) return `${id}: nobody`;
  return `${id}: ${others.length === 0 ? one : `[${now.join(', ')}]`}`;
}
