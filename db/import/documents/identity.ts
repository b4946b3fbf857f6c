/**
 * What Keystone says (Identity API v3). Unknown keys pass; what is named here must be as it says.
 */
import { z } from 'zod';
import { identityId, maybeText } from './fields';

export const project = z.looseObject({
  id: identityId,
  name: z.string().min(1),
  description: maybeText,
  domain_id: identityId.default('default'),
  enabled: z.boolean().default(true),
});

export const user = z.looseObject({
  id: identityId,
  name: z.string().min(1),
  email: maybeText,
  domain_id: identityId.default('default'),
  enabled: z.boolean().default(true),
});

export const role = z.looseObject({ id: identityId, name: z.string().min(1) });

export const roleAssignment = z.looseObject({
  role: z.looseObject({ id: identityId, name: z.string().optional() }),
  user: z.looseObject({ id: identityId }).optional(),
  group: z.looseObject({ id: identityId }).optional(),
  scope: z.looseObject({
    project: z.looseObject({ id: identityId }).optional(),
    domain: z.looseObject({ id: identityId }).optional(),
  }),
});
