/**
 * What a client sends to get a token.
 * Source: keystone/auth/schema.py
 */
import { z } from 'zod';
import { domainIdOf } from '~/server/services/identity/domain';
import type { ScopeWish } from '~/server/services/identity/issue-token';
import type { UserRef } from '~/server/services/identity/password';
import type { Proof } from '~/server/services/identity/prove';
import { FaultError } from '../fault';

const name = z.string().max(255);
/** argon2 takes as long as its input: nobody needs a password of more. */
const secret = z.string().max(4096);
const domain = z.object({ id: name.optional(), name: name.optional() });
const user = z.object({ id: name.optional(), name: name.optional(), domain: domain.optional() });
const project = z.object({ id: name.optional(), name: name.optional(), domain: domain.optional() });

const identity = z.object({
  methods: z.array(z.string().max(255)).min(1).max(8),
  password: z.object({ user: user.extend({ password: secret }) }).optional(),
  token: z.object({ id: z.string().max(4096) }).optional(),
  application_credential: z
    .object({ id: name.optional(), name: name.optional(), secret, user: user.optional() })
    .optional(),
});

const scope = z.object({
  project: project.optional(),
  domain: domain.optional(),
  system: z.object({ all: z.literal(true) }).optional(),
  unscoped: z.object({}).optional(),
});

/** Keys it does not know are ignored: some clients send what older versions took. */
export const authBody = z.object({
  auth: z.object({ identity, scope: z.union([z.literal('unscoped'), scope]).nullish() }),
});

type AuthBody = z.output<typeof authBody>;

/**
 * @returns one proof for each method; null when one of them is none we know, which upstream calls unauthenticated
 * @throws FaultError 400 for a method without its part, and for names without a domain
 */
export function proofsOf({ auth: { identity: given } }: AuthBody): Proof[] | null {
  const proofs = [...new Set(given.methods)].map((method) => proofOf(method, given));
  return proofs.some((proof) => proof === null) ? null : proofs.filter((proof) => proof !== null);
}

function proofOf(method: string, given: z.output<typeof identity>): Proof | null {
  switch (method) {
    case 'password': {
      const { password } = needed(given.password, method).user;
      return { method, user: userRef(needed(given.password, method).user), password };
    }
    case 'token':
      return { method, token: needed(given.token, method).id };
    case 'application_credential': {
      const part = needed(given.application_credential, method);
      if (part.id !== undefined) return { method, credential: { id: part.id }, secret: part.secret };
      const named = needed(part.name, `${method}.name`);
      const of = userRef(needed(part.user, `${method}.user`));
      return { method, credential: { name: named, user: of }, secret: part.secret };
    }
    default:
      return null;
  }
}

function needed<Part>(part: Part | undefined, where: string): Part {
  if (part === undefined) throw new FaultError(400, `auth.identity.${where} is missing.`);
  return part;
}

function userRef({ id, name: called, domain: of }: z.output<typeof user>): UserRef {
  if (id !== undefined) return { id };
  if (called === undefined) throw new FaultError(400, 'The user needs an id or a name.');
  return { name: called, domainId: domainId(of, 'user') };
}

function domainId(of: z.output<typeof domain> | undefined, whose: string): string {
  if (of?.id === undefined && of?.name === undefined) {
    throw new FaultError(400, `The ${whose} is given by name, which needs the id or the name of its domain.`);
  }
  return domainIdOf(of);
}

/** @throws FaultError 400 for several scopes at once, and for a project's name without a domain */
export function wishOf({ auth: { scope: given } }: AuthBody): ScopeWish {
  if (given == null) return { kind: 'default' };
  if (given === 'unscoped') return { kind: 'unscoped' };
  if (Object.values(given).filter((each) => each !== undefined).length !== 1) {
    throw new FaultError(400, 'The scope must be one of project, domain, system and unscoped.');
  }
  if (given.system !== undefined) return { kind: 'system' };
  if (given.domain !== undefined) return { kind: 'domain', domainId: domainId(given.domain, 'scope') };
  if (given.project === undefined) return { kind: 'unscoped' };
  const { id, name: called, domain: of } = given.project;
  if (id !== undefined) return { kind: 'project', id };
  if (called === undefined) throw new FaultError(400, 'The project of the scope needs an id or a name.');
  return { kind: 'project', name: called, domainId: domainId(of, 'project') };
}
