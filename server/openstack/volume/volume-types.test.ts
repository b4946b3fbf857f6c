/**
 * Volume types over the wire, for those who administer them and those who may only use them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
});
afterAll(() => cloud.close());

const types = '/volume/v3/types';
let made = 0;

async function newType(given: Record<string, unknown> = {}): Promise<{ id: string; name: string }> {
  made += 1;
  const name = `made-${made}`;
  const { textAt } = await cloud.ask('admin', 'POST', types, { volume_type: { name, ...given } });
  return { id: textAt('volume_type', 'id'), name };
}

async function names(person: 'admin' | 'member' | 'alt', query = ''): Promise<string[]> {
  const { body } = await cloud.ask(person, 'GET', `${types}${query}`);
  return (body as { volume_types: { name: string }[] }).volume_types.map((type) => type.name);
}

describe('a type that an administrator makes', () => {
  it('is told with the keys that clients expect of each answer, and no other', async () => {
    const name = 'keys';
    const given = { name, description: 'for keys', extra_specs: { volume_backend_name: 'one' } };
    const created = await cloud.ask('admin', 'POST', types, { volume_type: given });
    const id = created.textAt('volume_type', 'id');
    const base = { id, name, description: 'for keys', is_public: true };
    const specs = { extra_specs: { volume_backend_name: 'one' } };
    const access = { 'os-volume-type-access:is_public': true };
    expect(created).toMatchObject({ status: 200, body: { volume_type: { ...base, ...specs, ...access } } });
    expect(Object.keys((created.body as { volume_type: object }).volume_type)).not.toContain('qos_specs_id');

    const shown = await cloud.ask('admin', 'GET', `${types}/${id}`);
    expect(shown.body).toEqual({ volume_type: { ...base, ...specs, ...access, qos_specs_id: null } });
    expect((await cloud.ask('member', 'GET', `${types}/${id}`)).body).toEqual({
      volume_type: { ...base, extra_specs: {}, ...access },
    });
    expect((await cloud.ask('reader', 'GET', `${types}/${id}`)).body).toEqual({
      volume_type: { ...base, extra_specs: {} },
    });

    const changed = await cloud.ask('admin', 'PUT', `${types}/${id}`, { volume_type: { name: 'other' } });
    expect(changed).toMatchObject({
      status: 200,
      body: { volume_type: { ...base, ...specs, name: 'other' } },
    });
    expect((await cloud.ask('admin', 'DELETE', `${types}/${id}`)).status).toBe(202);
    expect((await cloud.ask('admin', 'GET', `${types}/${id}`)).status).toBe(404);
  });

  it.each([
    ['no body', undefined],
    ['no type', {}],
    ['no name', { volume_type: {} }],
    ['an empty name', { volume_type: { name: '' } }],
    ['a name of blanks', { volume_type: { name: '   ' } }],
    ['a number as its name', { volume_type: { name: 5 } }],
    ['too long a name', { volume_type: { name: 'x'.repeat(256) } }],
    ['an unknown key', { volume_type: { name: 'x', colour: 'red' } }],
    ['a bad extra spec', { volume_type: { name: 'x', extra_specs: { 'a b': 'c' } } }],
    ['a list', [{ volume_type: { name: 'x' } }]],
  ])('needs a sound body: %s', async (_, body) => {
    const { status, body: told } = await cloud.ask('admin', 'POST', types, body);
    expect(status).toBe(400);
    expect(told).toMatchObject({ badRequest: { code: 400, message: expect.any(String) } });
  });

  it('needs a name of its own', async () => {
    const { name } = await newType();
    expect((await cloud.ask('admin', 'POST', types, { volume_type: { name } })).status).toBe(409);
  });

  it('is found by its id, not by its name', async () => {
    const { name } = await newType();
    expect((await cloud.ask('admin', 'GET', `${types}/${name}`)).status).toBe(404);
  });
});

describe('the list of types', () => {
  it('shows a private type to its projects and, when they ask for it, to administrators', async () => {
    const { id, name } = await newType({ 'os-volume-type-access:is_public': false });
    const granted = { addProjectAccess: { project: cloud.altProject.id } };
    expect((await cloud.ask('admin', 'POST', `${types}/${id}/action`, granted)).status).toBe(202);
    expect(await names('alt')).toContain(name);
    expect(await names('member')).not.toContain(name);
    expect(await names('member', '?is_public=None')).not.toContain(name);
    expect(await names('admin')).not.toContain(name);
    expect(await names('admin', '?is_public=None')).toContain(name);
    expect(await names('admin', '?is_public=False')).toContain(name);
    expect(await names('admin', '?is_public=False')).not.toContain('__DEFAULT__');
    expect((await cloud.ask('member', 'GET', `${types}/${id}`)).status).toBe(404);
    expect((await cloud.ask('alt', 'GET', `${types}/${id}`)).status).toBe(200);
  });

  it('finds by name, sorts, and cuts pages', async () => {
    const [one, other] = [await newType(), await newType()];
    expect(await names('member', `?name=${one.name}&is_public=None`)).toEqual([one.name]);
    const sorted = await names('member', '?sort=name:desc');
    expect(sorted.indexOf(other.name)).toBeLessThan(sorted.indexOf(one.name));
    const first = await cloud.ask('member', 'GET', `${types}?sort=name:desc&limit=1`);
    expect(first.body).toMatchObject({ volume_types: [{ name: sorted[0] }] });
    const next = first.textAt('volume_type_links', 0, 'href');
    const second = await cloud.ask('member', 'GET', next.slice(next.indexOf('/volume/')));
    expect(second.body).toMatchObject({ volume_types: [{ name: sorted[1] }] });
  });

  it('filters by extra specs from 3.52 on', async () => {
    const { name } = await newType({ extra_specs: { multiattach: '<is> True', colour: 'teal' } });
    const query = `${types}?extra_specs=${encodeURIComponent("{'colour': 'teal'}")}`;
    const { body } = await cloud.ask('admin', 'GET', query, undefined, { microversion: '3.52' });
    expect(body).toMatchObject({ volume_types: [{ name }] });
    const before = await cloud.ask('admin', 'GET', query, undefined, { microversion: '3.51' });
    expect((before.body as { volume_types: unknown[] }).volume_types.length).toBeGreaterThan(1);
  });

  it.each([
    ['limit=-1', 400],
    ['limit=x', 400],
    ['limit=0', 200],
    ['marker=5e3d8cd1-0000-4000-8000-000000000000', 404],
    ['sort=colour', 400],
    ['sort=name:up', 400],
    ['sort=name&sort_key=id', 400],
    ['is_public=perhaps', 400],
  ])('takes %s for what it is', async (query, status) => {
    expect((await cloud.ask('admin', 'GET', `${types}?${query}`)).status).toBe(status);
  });
});

describe('extra specs', () => {
  it('are set, shown one by one, changed and removed', async () => {
    const { id } = await newType();
    const specs = `${types}/${id}/extra_specs`;
    const set = await cloud.ask('admin', 'POST', specs, { extra_specs: { colour: 'red', size: 'big' } });
    expect(set).toMatchObject({ status: 200, body: { extra_specs: { colour: 'red', size: 'big' } } });
    expect((await cloud.ask('admin', 'PUT', `${specs}/size`, { size: 'small' })).body).toEqual({
      size: 'small',
    });
    expect((await cloud.ask('admin', 'GET', `${specs}/size`)).body).toEqual({ size: 'small' });
    expect((await cloud.ask('member', 'GET', `${specs}/size`)).status).toBe(404);
    expect((await cloud.ask('admin', 'DELETE', `${specs}/size`)).status).toBe(202);
    expect((await cloud.ask('admin', 'DELETE', `${specs}/size`)).status).toBe(404);
    expect((await cloud.ask('admin', 'GET', specs)).body).toEqual({ extra_specs: { colour: 'red' } });
  });

  it.each([
    ['another key than the address names', { other: 'x' }],
    ['two keys', { colour: 'x', other: 'y' }],
    ['none', {}],
    ['no body', undefined],
  ])('are changed one at a time: %s', async (_, body) => {
    const { id } = await newType();
    expect((await cloud.ask('admin', 'PUT', `${types}/${id}/extra_specs/colour`, body)).status).toBe(400);
  });

  it('of a type that is not there are not there', async () => {
    const specs = `${types}/5e3d8cd1-0000-4000-8000-000000000000/extra_specs`;
    expect((await cloud.ask('admin', 'GET', specs)).status).toBe(404);
    expect((await cloud.ask('admin', 'GET', `${specs}/a`)).status).toBe(404);
    expect((await cloud.ask('admin', 'POST', specs, { extra_specs: { a: 'b' } })).status).toBe(404);
    expect((await cloud.ask('admin', 'PUT', `${specs}/a`, { a: 'b' })).status).toBe(404);
    expect((await cloud.ask('admin', 'DELETE', `${specs}/a`)).status).toBe(404);
  });
});

describe('access to a private type', () => {
  it('is given, listed and taken away', async () => {
    const { id } = await newType({ 'os-volume-type-access:is_public': false });
    const project = cloud.altProject.id;
    const act = (action: string) =>
      cloud.ask('admin', 'POST', `${types}/${id}/action`, { [action]: { project } });
    expect((await act('addProjectAccess')).status).toBe(202);
    expect((await act('addProjectAccess')).status).toBe(409);
    expect((await cloud.ask('admin', 'GET', `${types}/${id}/os-volume-type-access`)).body).toEqual({
      volume_type_access: [{ volume_type_id: id, project_id: project }],
    });
    expect((await act('removeProjectAccess')).status).toBe(202);
    expect((await act('removeProjectAccess')).status).toBe(404);
    expect((await act('polish')).status).toBe(400);
  });

  it('is not kept for a public one', async () => {
    const { id } = await newType();
    const { status } = await cloud.ask('admin', 'GET', `${types}/${id}/os-volume-type-access`);
    expect(status).toBe(404);
  });
});
