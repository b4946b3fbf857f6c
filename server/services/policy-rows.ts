/**
 * The permissions in force, for people to read.
 */
import { ACTION_NAMES, ACTIONS } from '~/server/domain/action';
import { grantsFor, grantsOf, isChanged } from '~/server/domain/policy';
import {
  type Grant,
  POLICY_DEFAULTS,
  POLICY_SERVICES,
  type PolicyName,
} from '~/server/domain/policy-defaults';
import { POLICY_WORDS } from '~/server/domain/policy-words';
import type { Catalogue } from './catalogue';
import type { Context } from './context';

interface PolicyRow {
  id: PolicyName;
  /** By whose API it is asked. */
  service: keyof typeof POLICY_SERVICES;
  permits: string;
  /** Labels of the actions that ask for it first, each after its kind of object, e.g. `Volume: Delete`. */
  actions: string[];
  /** Empty for nobody. */
  byDefault: readonly Grant[];
  now: readonly Grant[];
  changed: boolean;
}

/** @returns every rule, service by service; anybody may know them */
export function listPolicy({ actor }: Pick<Context, 'actor'>): Catalogue<PolicyRow> {
  const rows = SERVICES.flatMap((service) =>
    namesOf(service).map((id): PolicyRow => {
      const now = grantsFor(id, actor);
      return {
        id,
        service,
        permits: POLICY_WORDS[id],
        actions: ACTION_NAMES.filter((action) => ACTIONS[action].policy === id).map(actionLabel),
        byDefault: grantsOf(POLICY_DEFAULTS[id]),
        now,
        changed: isChanged(id, now),
      };
    }),
  );
  return { rows, capped: false };
}

const SERVICES = Object.keys(POLICY_SERVICES) as PolicyRow['service'][];

function namesOf(service: PolicyRow['service']): PolicyName[] {
  return Object.keys(POLICY_SERVICES[service]) as PolicyName[];
}

function actionLabel(action: (typeof ACTION_NAMES)[number]): string {
  const noun = action.slice(0, action.indexOf('.')).replace('-', ' ');
  return `${noun[0]?.toUpperCase()}${noun.slice(1)}: ${ACTIONS[action].label}`;
}
