/**
 * Getting a token: by each proof, for each scope, and the one answer to all that is wrong.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationCredentials, projects, users } from '~/db/schema/identity';
import { makePerson, PASSWORD, type PersonRecord } from '~/server/testing/people';
import { openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { type CredentialInput, createCredential } from './application-credentials';
import { actorOfToken } from './authenticate';
import { issueToken, type ScopeWish } from './issue-token';
import type { Proof } from './prove';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await openTestCloud();
});
afterAll(() => cloud.close());

const WRONG = 'The credentials are wrong, or the user may not have a token for what was asked.';
const unscoped = { kind: 'unscoped' } as const;

function byPassword({ id }: { id: string }, password = PASSWORD): Proof {
  return { method: 'password', user: { id }, password };
}

const inProject = ({ project }: PersonRecord): ScopeWish => ({ kind: 'project', id: project.id });

function issue(proof: Proof | readonly Proof[], wish: ScopeWish) {
  return issueToken(cloud.runtime, [proof].flat(), wish, '192.0.2.1');
}

/** An application credential of the person, made with a token of the person's project. */
async function credentialOf(person: PersonRecord, input: Partial<CredentialInput> = {}) {
  const { runtime } = cloud;
  const { token } = await issue(byPassword(person), inProject(person));
  const caller = await actorOfToken(runtime, token, null);
  if (caller === null) throw new Error('the token was just issued');
  const context = { runtime, actor: caller.actor, requestId: 'req-1' };
  return createCredential({ context, caller }, person.id, { name: 'backup', ...input });
}

describe('by password', () => {
  it('is given for a project by its id or its name', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const { view } = await issue(byPassword(person), inProject(person));
    expect(view).toMatchObject({
      user: { id: person.id },
      scope: 'project',
      project: { id: person.project.id },
      roles: ['member', 'reader'],
      methods: ['password'],
    });
    const named: Proof = {
      method: 'password',
      user: { name: person.name, domainId: 'default' },
      password: PASSWORD,
    };
    const byName = { kind: 'project', name: person.project.name, domainId: 'default' } as const;
    expect((await issue(named, byName)).view.project?.id).toBe(person.project.id);
  });

  it('is good for an hour', async () => {
    const { view } = await issue(byPassword(await makePerson(cloud.runtime, [])), unscoped);
    expect(view.expiresAt.getTime() - view.issuedAt.getTime()).toBe(3_600_000);
  });

  it('is refused with one sentence whatever is wrong', async () => {
    const { runtime } = cloud;
    const person = await makePerson(runtime, ['member']);
    const stranger = await makePerson(runtime, ['member']);
    const disabled = await makePerson(runtime, ['member']);
    const closed = await makePerson(runtime, ['member']);
    await runtime.database.orm.update(users).set({ enabled: false }).where(eq(users.id, disabled.id));
    await runtime.database.orm
      .update(projects)
      .set({ enabled: false })
      .where(eq(projects.id, closed.project.id));
    const elsewhere = {
      method: 'password',
      user: { name: person.name, domainId: 'other' },
      password: PASSWORD,
    } as const;
    const wrong: [Proof, ScopeWish][] = [
      [byPassword(person, 'wrong'), unscoped],
      [byPassword({ id: 'nobody' }), unscoped],
      [elsewhere, unscoped],
      [byPassword(disabled), unscoped],
      [byPassword(closed), inProject(closed)],
      [byPassword(person), inProject(stranger)],
      [byPassword(person), { kind: 'project', id: 'nothing' }],
      [byPassword(person), { kind: 'project', name: person.project.name, domainId: 'other' }],
      [byPassword(person), { kind: 'system' }],
      [byPassword(person), { kind: 'domain', domainId: 'default' }],
    ];
    for (const [proof, wish] of wrong) await expect(issue(proof, wish)).rejects.toThrow(WRONG);
  });

  it('is for the default project when none is asked for, or for nothing if that is not to be had', async () => {
    const { orm } = cloud.runtime.database;
    const person = await makePerson(cloud.runtime, ['member']);
    const scopeNow = async () => (await issue(byPassword(person), { kind: 'default' })).view.scope;
    expect(await scopeNow()).toBe('unscoped');
    await orm.update(users).set({ defaultProjectId: person.project.id }).where(eq(users.id, person.id));
    expect(await scopeNow()).toBe('project');
    expect((await issue(byPassword(person), unscoped)).view.scope).toBe('unscoped');
    await orm.update(users).set({ defaultProjectId: 'gone' }).where(eq(users.id, person.id));
    expect(await scopeNow()).toBe('unscoped');
  });

  it('is for the whole cloud, or the domain, to whoever administers a project', async () => {
    const admin = byPassword(await makePerson(cloud.runtime, ['admin']));
    expect((await issue(admin, { kind: 'system' })).view).toMatchObject({ scope: 'system', project: null });
    const ofDomain = await issue(admin, { kind: 'domain', domainId: 'default' });
    expect(ofDomain.view).toMatchObject({ scope: 'domain', roles: ['admin', 'member', 'reader'] });
    await expect(issue(admin, { kind: 'domain', domainId: 'other' })).rejects.toThrow(WRONG);
  });
});

describe('by a token', () => {
  it('lives no longer than the first one, and remembers it', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const first = await issue(byPassword(person), unscoped);
    const second = await issue({ method: 'token', token: first.token }, inProject(person));
    expect(second.view.expiresAt).toEqual(first.view.expiresAt);
    expect(second.view.methods).toEqual(['password', 'token']);
    expect(second.view.auditIds).toHaveLength(2);
    expect(second.view.auditIds[1]).toBe(first.view.auditIds[0]);
    const third = await issue({ method: 'token', token: second.token }, unscoped);
    expect(third.view.auditIds[1]).toBe(first.view.auditIds[0]);
  });

  it('is refused for one that is made up, and for two people at once', async () => {
    const [one, other] = [await makePerson(cloud.runtime, ['member']), await makePerson(cloud.runtime, [])];
    await expect(issue({ method: 'token', token: 'made up' }, unscoped)).rejects.toThrow(WRONG);
    const { token } = await issue(byPassword(one), unscoped);
    await expect(issue([{ method: 'token', token }, byPassword(other)], unscoped)).rejects.toThrow(WRONG);
    const both = await issue([{ method: 'token', token }, byPassword(one)], unscoped);
    expect(both.view.methods).toEqual(['password', 'token']);
  });
});

describe('by an application credential', () => {
  it('is for its project without asking, with its roles', async () => {
    const person = await makePerson(cloud.runtime, ['member']);
    const { credential, secret } = await credentialOf(person, { roles: ['reader'] });
    const { view } = await issue(
      { method: 'application_credential', credential: { id: credential.id }, secret },
      { kind: 'default' },
    );
    expect(view).toMatchObject({
      scope: 'project',
      project: { id: person.project.id },
      roles: ['reader'],
      methods: ['application_credential'],
      applicationCredential: { id: credential.id, name: 'backup', restricted: true },
    });
    const named: Proof = {
      method: 'application_credential',
      credential: { name: 'backup', user: { name: person.name, domainId: 'default' } },
      secret,
    };
    expect((await issue(named, { kind: 'default' })).view.applicationCredential?.id).toBe(credential.id);
  });

  it('is refused with a wrong secret, and once it is over', async () => {
    const { orm } = cloud.runtime.database;
    const person = await makePerson(cloud.runtime, ['member']);
    const { credential, secret } = await credentialOf(person);
    const proof = (given: string): Proof => ({
      method: 'application_credential',
      credential: { id: credential.id },
      secret: given,
    });
    await expect(issue(proof('wrong'), { kind: 'default' })).rejects.toThrow(WRONG);
    await orm
      .update(applicationCredentials)
      .set({ expiresAt: new Date(Date.now() - 1000) })
      .where(eq(applicationCredentials.id, credential.id));
    await expect(issue(proof(secret), { kind: 'default' })).rejects.toThrow(WRONG);
  });

  it('cannot be made to leave its project, not by its tokens either', async () => {
    const person = await makePerson(cloud.runtime, ['admin']);
    const { credential, secret } = await credentialOf(person);
    const proof: Proof = { method: 'application_credential', credential: { id: credential.id }, secret };
    const { token } = await issue(proof, { kind: 'default' });
    const elsewhere = await makePerson(cloud.runtime, []);
    for (const from of [proof, { method: 'token', token } as const]) {
      for (const wish of [unscoped, { kind: 'system' } as const, inProject(elsewhere)]) {
        await expect(issue(from, wish)).rejects.toThrow('An application credential is of one project');
      }
    }
    const again = await issue({ method: 'token', token }, inProject(person));
    expect(again.view.applicationCredential?.id).toBe(credential.id);
  });
});
