/**
 * How a verb says no: with the refusals of the rules, and with nothing of the wire they will leave on.
 */
import type { PolicyName } from '~/server/domain/policy';
import { policyRefusal } from '~/server/domain/policy';
import type { Refusal } from '~/server/domain/refusal';
import type { Context } from './context';

export class RefusedError extends Error {
  readonly refusals: readonly [Refusal, ...Refusal[]];

  /** @param refusals in the order the API checks them; the first is what an OpenStack client gets to see */
  constructor(refusals: readonly [Refusal, ...Refusal[]]) {
    super(refusals[0].message);
    this.name = 'RefusedError';
    this.refusals = refusals;
  }
}

/**
 * @param noun e.g. `server`
 * @returns the error for a thing that is not there, or is another project's: nobody learns which
 */
export function notFound(
  noun:
    | 'server'
    | 'volume'
    | 'attachment'
    | 'operation'
    | 'project'
    | 'snapshot'
    | 'volume-type'
    | 'qos-specs'
    | 'image'
    | 'compute-service'
    | 'storage-service'
    | 'flavor'
    | 'transfer'
    | 'user'
    | 'role'
    | 'domain'
    | 'token'
    | 'application-credential',
  id: string,
): RefusedError {
  const label = noun[0]?.toUpperCase() + noun.slice(1).replace('-', ' ');
  return new RefusedError([
    { rule: `${noun}.not-found`, code: 'not_found', message: `${label} ${id} could not be found.` },
  ]);
}

/** @returns whether policy lets the actor do this in its own project */
export function mayDo({ actor }: Context, policy: PolicyName): boolean {
  return policyRefusal(policy, actor, null) === null;
}

/**
 * @throws RefusedError when policy does not let the actor do this in its own project
 */
export function authorize({ actor }: Context, policy: PolicyName): void {
  const refusal = policyRefusal(policy, actor, null);
  if (refusal !== null) throw new RefusedError([refusal]);
}

/**
 * @throws RefusedError when policy does not let the actor do this with something of that project
 */
export function authorizeFor({ actor }: Context, policy: PolicyName, projectId: string | null): void {
  const refusal = policyRefusal(policy, actor, projectId);
  if (refusal !== null) throw new RefusedError([refusal]);
}
