'use client';

import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useQueryStates } from 'nuqs';
import { choice, toggle } from '~/app/_components/list-filters';
import { type ListDefinition, ObjectList } from '~/app/_components/object-list';
import { type SortKeys, wholeList } from '~/app/_lib/whole-list';
import { useTRPC } from '~/app/_trpc/context';
import type { PolicyRow } from '~/app/_trpc/types';
import { POLICY_COLUMNS } from './columns';
import { APIS, type PolicySort, policyParams, WHO } from './search-params';
import { whoText } from './who';

const PERMISSIONS: ListDefinition<PolicyRow, PolicySort> = {
  title: 'Permissions',
  columns: () => POLICY_COLUMNS,
  minWidth: { one: 75, all: 75 },
  Drawer: dynamic(() => import('./rule-drawer').then((file) => file.RuleDrawer), { ssr: false }),
  views: (
    <p className="-mt-1 max-w-prose px-4 pb-3 text-muted text-sm sm:px-5">
      Who may do what. Administrators may whatever any role may, in every project. An operator changes rules
      in the file that <code className="font-mono text-xs">MOORING_POLICY</code> names.
    </p>
  ),
  empty: { icon: ShieldCheck, title: 'No permissions', text: 'There are no rules.' },
};

const KEYS: SortKeys<PolicyRow, PolicySort> = {
  rule: (row) => row.id,
  permits: (row) => row.permits,
  default: (row) => whoText(row.byDefault),
  now: (row) => whoText(row.now),
};

/** Every rule: what it permits, who may by default, and who may now. */
export function PolicyList() {
  const [params, set] = useQueryStates(policyParams);
  const trpc = useTRPC();
  const query = useQuery(trpc.policy.list.queryOptions());
  const text = params.q.trim().toLowerCase();
  const source = wholeList(
    query,
    KEYS,
    params,
    (row) =>
      (text === '' || searched(row).includes(text)) &&
      (params.api.length === 0 || params.api.includes(row.service)) &&
      (params.who.length === 0 || params.who.some((who) => lets(row, who))) &&
      (params.changed === null || row.changed === params.changed),
  );
  const filters = [
    choice({
      label: 'Service',
      values: params.api,
      known: APIS,
      onChange: (api) => set({ api, cursor: null }),
    }),
    choice({
      label: 'Who',
      values: params.who,
      known: WHO,
      onChange: (who) => set({ who, cursor: null }),
    }),
    toggle({
      label: 'Changed',
      value: params.changed,
      wanted: true,
      onChange: (changed) => set({ changed, cursor: null }),
    }),
  ];
  return <ObjectList definition={PERMISSIONS} params={params} set={set} filters={filters} source={source} />;
}

function searched({ id, permits, actions }: PolicyRow): string {
  return [id, permits, ...actions].join('\n').toLowerCase();
}

function lets({ now }: PolicyRow, who: (typeof WHO)[number]): boolean {
  return who === 'nobody' ? now.length === 0 : now.includes(who);
}
