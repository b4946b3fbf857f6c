/** What lists of volumes are filtered by, in which versions. */
import { describe, expect, test } from 'vitest';
import { openListedVolumes } from '~/server/testing/listed-volumes';
import { NOWHERE } from '~/server/testing/rest-volumes';

const { list } = openListedVolumes();

describe('filters', () => {
  const q = encodeURIComponent;

  test.each([
    ['name=b', 'b'],
    ['name=nobody', ''],
    ['status=error', 'a'],
    ['status=available', 'cb'],
    ['status=nonsense', ''],
    ['size=2', 'c'],
    ['size=two', ''],
    ['bootable=true', 'c'],
    ['bootable=False', 'ab'],
    ['availability_zone=nova', 'acb'],
    ['availability_zone=moon', ''],
    ['migration_status=success', ''],
    [`group_id=${NOWHERE}`, ''],
    ['consumes_quota=true', 'acb'],
    [`metadata=${q("{'tier': 'gold'}")}`, 'b'],
    [`metadata=${q(`{"tier": "gold", 'in use': "it's"}`)}`, 'b'],
    [`metadata=${q("{u'tier': u'lead'}")}`, ''],
    [`metadata=${q("{'readonly': 'False'}")}`, 'a'],
    ['metadata={}', 'acb'],
    ['metadata=tier', ''],
    ['metadata=[1]', ''],
    ['created_at=gt:2026-11-20T07:00:00', 'ac'],
    ['created_at=gte:2026-11-20T07:00:00Z,lt:2026-11-20T07:02:00', 'cb'],
    ['created_at=eq:2026-11-20T08:01:00%2B01:00', 'c'],
    ['created_at=neq:2026-11-20T07:01:00', 'ab'],
    ['updated_at=lte:2026-11-20T07:00:00', 'b'],
  ])('%s → "%s"', async (query, names) => {
    expect(await list(`?${query}`)).toMatchObject({ status: 200, names });
  });

  test.each([
    'name=%00',
    'bootable=maybe',
    'consumes_quota=x',
    'created_at=2026-11-20',
    'created_at=gt:tomorrow',
    'created_at=gt:2026-02-30T00:00:00',
    'created_at=after:2026-11-20T00:00:00',
    'nonsense=1',
    'glance_metadata=%7B%7D',
    'project_id=x',
    'name~=b',
    'all_tenants=perhaps',
    'limit=-1',
    'limit=x',
    'limit=',
    'offset=-1',
    'offset=2147483648',
    'sort=name:up',
    'sort=nonsense',
    'sort=metadata',
    'sort=name&sort_key=size',
    'sort_dir=sideways',
    'with_count=perhaps',
  ])('%s is refused', async (query) => {
    expect((await list(`?${query}`)).status).toBe(400);
  });

  test('what a version does not know is passed over', async () => {
    expect((await list('?nonsense=1', '3.30')).names).toBe('acb');
    expect((await list('?created_at=gt:2030-01-01T00:00:00', '3.59')).names).toBe('acb');
    expect((await list('?consumes_quota=false', '3.64')).names).toBe('acb');
    expect((await list('?bootable=perhaps', '3.1')).names).toBe('c');
    expect((await list('?with_count=true', '3.44')).status).toBe(400);
  });

  test.each([
    ['name~=b', 'b'],
    ['name~=%25', ''],
    ['host=a', 'b'],
    ['host=a@usual', 'b'],
    ['host=a@usual%23pool', 'b'],
    ['host=a@us', ''],
    [`glance_metadata=${encodeURIComponent("{'os': 'linux'}")}`, 'c'],
    ['multiattach=true', ''],
    ['id=x', ''],
    ['nonsense=1', ''],
    [`user_id=user-1&status=error`, 'a'],
  ])('an administrator may use any attribute: %s → "%s"', async (query, names) => {
    expect(await list(`?${query}`, '3.71', 'admin')).toMatchObject({ status: 200, names });
  });
});
