/**
 * Quota sets, which compute and storage write alike.
 */
import { z } from 'zod';
import { identityId, whole } from './fields';

/** One resource with its use (`?usage=True`), or its limit alone. */
const quota = z.union([
  z
    .looseObject({ limit: whole, in_use: whole.optional() })
    .transform(({ limit, in_use }) => ({ limit, inUse: in_use ?? null })),
  whole.transform((limit) => ({ limit, inUse: null })),
]);

/** `id` is the project; every other member is a resource. */
export const quotaSet = z.looseObject({ id: identityId }).transform((set, context) => {
  const resources = new Map<string, z.output<typeof quota>>();
  for (const [name, value] of Object.entries(set)) {
    if (name === 'id') continue;
    const parsed = quota.safeParse(value);
    if (parsed.success) resources.set(name, parsed.data);
    else context.addIssue({ code: 'custom', path: [name], message: 'expected a limit, or {limit, in_use}' });
  }
  return { id: set.id, resources };
});
