import { verify } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { VM_STATES } from '~/server/domain/server';
import { countRows, openTestCloud, TEST_KEY } from './import/test-cloud';
import { DEMO_ACCOUNTS, ensureDefaultType, ensureFirstAdmin, hasDemoCloud, loadDemoCloud } from './seed';

describe('the default volume type', () => {
  it('is made once, and left alone where it is', async () => {
    const database = await openTestCloud();
    for (const name of ['plain', 'plain']) await ensureDefaultType(database, name);
    const [made] = await database.sql`select id from volume_types where name = 'plain'`;
    await ensureDefaultType(database, String(made?.id));
    expect(await countRows(database, 'volume_types')).toBe(1);
  });
});

describe('the demo cloud', () => {
  it('fills an empty database, and only an empty one', async () => {
    const database = await openTestCloud();
    expect(await hasDemoCloud(database)).toBe(false);
    expect(await loadDemoCloud(database, TEST_KEY)).toBe(true);
    expect(await hasDemoCloud(database)).toBe(true);
    expect(await loadDemoCloud(database, TEST_KEY)).toBe(false);
    expect(await countRows(database, 'projects')).toBe(3);
    expect(await countRows(database, 'servers')).toBe(42);
    expect(await countRows(database, 'volumes')).toBe(100);
    expect(await countRows(database, 'attachments where quarantine is null')).toBe(61);
  });

  it('lets everybody in who is on the list, with the roles that the list promises', async () => {
    const database = await openTestCloud();
    await loadDemoCloud(database, TEST_KEY);
    for (const { name, password, project } of DEMO_ACCOUNTS) {
      const [user] = await database.sql`select id, password_hash from users where name = ${name}`;
      expect(await verify(user?.password_hash, password)).toBe(true);
      const roles = await database.sql`
        select role from role_assignments a join projects p on p.id = a.project_id
        where a.user_id = ${user?.id} and p.name = ${project}`;
      expect(roles.length, name).toBeGreaterThan(0);
    }
  });

  it('has every state a server can be seen in, and what people and tests rely on', async () => {
    const database = await openTestCloud();
    await loadDemoCloud(database, TEST_KEY);
    const states = await database.sql`select distinct vm_state from servers`;
    const seen = VM_STATES.filter((state) => state !== 'deleted');
    expect(states.map((row) => row.vm_state as string).sort()).toEqual([...seen].sort());

    const demo = `project_id = (select id from projects where name = 'demo')`;
    expect(
      await countRows(database, `volumes where status = 'available' and ${demo}`),
    ).toBeGreaterThanOrEqual(15);
    const sound = `servers s join hosts h on h.name = s.host where h.up and s.status = 'ACTIVE' and s.locked_by is null`;
    expect(
      await countRows(database, `${sound} and s.task_state is null and s.${demo}`),
    ).toBeGreaterThanOrEqual(10);
    expect(await countRows(database, `volume_types where name in ('plain', 'multiattach')`)).toBe(2);
    const lent = `volume_type_access a join volume_types t on t.id = a.volume_type_id where not t.is_public`;
    expect(await countRows(database, lent)).toBe(1);
    expect(
      await countRows(
        database,
        `flavors where (id, name, ram_mib) in (('1', 'm1.tiny', 64), ('2', 'm1.small', 128))`,
      ),
    ).toBe(2);
    expect(
      await countRows(
        database,
        `images where name = 'tiny' and visibility = 'public' and disk_format = 'raw'`,
      ),
    ).toBe(1);
    expect(await countRows(database, `servers where locked_by = 'owner'`)).toBe(1);
    expect(await countRows(database, `servers where locked_by = 'admin'`)).toBe(1);
    expect(await countRows(database, `attachments where boot_index = 0`)).toBe(2);
  });

  it('is as old as it looks: its newest event was minutes ago, whenever it is loaded', async () => {
    const database = await openTestCloud();
    await loadDemoCloud(database, TEST_KEY);
    const [age] = await database.sql`
      select extract(epoch from now() - max(started_at))::float as newest,
             extract(epoch from now() - min(started_at))::float as oldest from operations`;
    expect(age?.newest).toBeGreaterThan(60);
    expect(age?.newest).toBeLessThan(600);
    expect(age?.oldest).toBeGreaterThan(100 * 24 * 3600);
  });
});

describe('the first administrator', () => {
  it('is made once, where nobody can log in', async () => {
    const database = await openTestCloud();
    expect(await ensureFirstAdmin(database, 'correct horse')).toBe(true);
    expect(await ensureFirstAdmin(database, 'another')).toBe(false);
    const [admin] = await database.sql`
      select u.password_hash, a.role, p.name as project from users u
      join role_assignments a on a.user_id = u.id join projects p on p.id = a.project_id where u.name = 'admin'`;
    expect(admin).toMatchObject({ role: 'admin', project: 'admin' });
    expect(await verify(admin?.password_hash, 'correct horse')).toBe(true);
  });

  it('is the imported user admin where there is one', async () => {
    const database = await openTestCloud();
    await database.sql`insert into users (id, name, enabled) values ('u-imported', 'admin', false)`;
    await database.sql`insert into projects (id, name, enabled) values ('p-imported', 'admin', false)`;
    expect(await ensureFirstAdmin(database, 'correct horse')).toBe(true);
    expect(
      await countRows(
        database,
        `role_assignments where user_id = 'u-imported' and project_id = 'p-imported'`,
      ),
    ).toBe(1);
    expect(await countRows(database, `users where enabled and password_hash is not null`)).toBe(1);
  });
});
