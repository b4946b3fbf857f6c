/**
 * What administrators do with flavors. Servers keep the flavor they were made with, whatever becomes of it here.
 */
import { randomUUID } from 'node:crypto';
import type { TransactionSql } from 'postgres';
import type { PolicyName } from '~/server/domain/policy';
import type { RefusalCode } from '~/server/domain/refusal';
import type { Context } from './context';
import { type FlavorRecord, findFlavorRecord, flavorAccess } from './records/flavor-records';
import { authorize, notFound, RefusedError } from './refused';
import { type Recorded, recordOperation } from './write-operation';

export interface NewFlavor {
  /** Made up when left out. */
  id?: string;
  name: string;
  vcpus: number;
  ramMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  public: boolean;
  description: string | null;
}

function refused(rule: string, code: RefusalCode, message: string): RefusedError {
  return new RefusedError([{ rule: `flavor.${rule}`, code, message }]);
}

/**
 * @param write returns a row where there was something to change: only that is told of
 * @returns whether there was
 */
function changed(
  { runtime, actor, requestId }: Context,
  told: Recorded,
  write: (sql: TransactionSql) => Promise<readonly unknown[]>,
): Promise<boolean> {
  return runtime.database.sql.begin(async (sql) => {
    if ((await write(sql)).length === 0) return false;
    await recordOperation(sql, { actor, requestId }, told);
    return true;
  });
}

/** @throws RefusedError conflict for a name or an id that another one has, forbidden for all but administrators */
export async function createFlavor(context: Context, flavor: NewFlavor): Promise<FlavorRecord> {
  authorize(context, 'os_compute_api:os-flavor-manage:create');
  const { id = randomUUID(), name } = flavor;
  const told = { action: 'flavor.create', input: { ...flavor, id }, message: `Flavor ${name} is made` };
  const made = await changed(context, told, async (sql) => {
    // Names are not unique by themselves: an imported cloud may have two alike.
    await sql`lock table flavors in share row exclusive mode`;
    return sql`
      insert into flavors (id, name, vcpus, ram_mib, disk_gib, ephemeral_gib, swap_mib, is_public, description)
      select ${id}, ${name}, ${flavor.vcpus}, ${flavor.ramMib}, ${flavor.diskGib}, ${flavor.ephemeralGib},
        ${flavor.swapMib}, ${flavor.public}, ${flavor.description}
      where not exists (select from flavors where id = ${id} or name = ${name}) returning id`;
  });
  if (!made) throw refused('exists', 'conflict', `There is a flavor ${name}, or one with id ${id}.`);
  return findFlavorRecord(context, id);
}

/** @throws RefusedError not_found */
export async function describeFlavor(
  context: Context,
  id: string,
  description: string | null,
): Promise<FlavorRecord> {
  authorize(context, 'os_compute_api:os-flavor-manage:update');
  const told = {
    action: 'flavor.update',
    input: { flavorId: id, description },
    message: `Flavor ${id} is described`,
  };
  await changed(
    context,
    told,
    (sql) => sql`update flavors set description = ${description} where id = ${id} returning id`,
  );
  return findFlavorRecord(context, id);
}

/** @throws RefusedError not_found */
export async function deleteFlavor(context: Context, id: string): Promise<void> {
  authorize(context, 'os_compute_api:os-flavor-manage:delete');
  const told = { action: 'flavor.delete', input: { flavorId: id }, message: `Flavor ${id} is deleted` };
  const gone = await changed(context, told, (sql) => sql`delete from flavors where id = ${id} returning id`);
  if (!gone) throw notFound('flavor', id);
}

/**
 * Sets extra specs besides those it has.
 * @throws RefusedError not_found
 */
export async function setFlavorSpecs(
  context: Context,
  id: string,
  specs: Readonly<Record<string, string>>,
  policy: PolicyName = 'os_compute_api:os-flavor-extra-specs:create',
): Promise<void> {
  authorize(context, policy);
  const told = {
    action: 'flavor.set-extra-specs',
    input: { flavorId: id, specs },
    message: `Extra specs of flavor ${id} are set: ${Object.keys(specs).join(', ')}`,
  };
  const written = await changed(
    context,
    told,
    (sql) => sql`
      update flavors set extra_specs = extra_specs || ${sql.json(specs)} where id = ${id} returning id`,
  );
  if (!written) throw notFound('flavor', id);
}

/** @throws RefusedError not_found for the flavor, or the spec */
export async function unsetFlavorSpec(context: Context, id: string, key: string): Promise<void> {
  authorize(context, 'os_compute_api:os-flavor-extra-specs:delete');
  const told = {
    action: 'flavor.unset-extra-specs',
    input: { flavorId: id, name: key },
    message: `Extra spec ${key} of flavor ${id} is removed`,
  };
  const written = await changed(
    context,
    told,
    (sql) => sql`
      update flavors set extra_specs = extra_specs - ${key} where id = ${id} and extra_specs ? ${key} returning id`,
  );
  if (written) return;
  await findFlavorRecord(context, id);
  throw refused('no-spec', 'not_found', `Flavor ${id} has no extra spec ${key}.`);
}

/**
 * @returns ids of the projects that may use it
 * @throws RefusedError not_found, also for a public flavor: nobody is let in to that one by name
 */
export async function projectsOfFlavor(context: Context, id: string): Promise<string[]> {
  authorize(context, 'os_compute_api:os-flavor-access');
  const { is_public: isPublic, name } = await findFlavorRecord(context, id);
  if (isPublic) throw refused('public', 'not_found', `Flavor ${name} is public: every project may use it.`);
  return flavorAccess(context, id);
}

/**
 * @returns ids of all projects that may use it from now on
 * @throws RefusedError not_found, conflict for a public flavor or for a project that is let in already
 */
export async function grantFlavor(context: Context, id: string, projectId: string): Promise<string[]> {
  authorize(context, 'os_compute_api:os-flavor-access:add_tenant_access');
  const { sql } = context.runtime.database;
  const flavor = await findFlavorRecord(context, id);
  if (flavor.is_public) {
    throw refused('public', 'conflict', `Flavor ${flavor.name} is public: every project may use it.`);
  }
  const [project] = await sql`select id from projects where id = ${projectId}`;
  if (project === undefined) throw refused('no-project', 'invalid', `There is no project ${projectId}.`);
  const told = {
    action: 'flavor.add-access',
    input: { flavorId: id, projectId },
    message: `Project ${projectId} may use flavor ${flavor.name}`,
  };
  const made = await changed(
    context,
    told,
    (transaction) => transaction`
      insert into flavor_access (flavor_id, project_id) values (${id}, ${projectId})
      on conflict do nothing returning project_id`,
  );
  if (made) return flavorAccess(context, id);
  throw refused('granted', 'conflict', `Project ${projectId} may use flavor ${flavor.name} already.`);
}

/**
 * @returns ids of the projects that may still use it
 * @throws RefusedError not_found for the flavor, or for a project that was not let in
 */
export async function revokeFlavor(context: Context, id: string, projectId: string): Promise<string[]> {
  authorize(context, 'os_compute_api:os-flavor-access:remove_tenant_access');
  const flavor = await findFlavorRecord(context, id);
  const told = {
    action: 'flavor.remove-access',
    input: { flavorId: id, projectId },
    message: `Project ${projectId} may not use flavor ${flavor.name} any more`,
  };
  const gone = await changed(
    context,
    told,
    (sql) => sql`
      delete from flavor_access where flavor_id = ${id} and project_id = ${projectId} returning project_id`,
  );
  if (gone) return flavorAccess(context, id);
  throw refused('not-granted', 'not_found', `Project ${projectId} was not let in to flavor ${flavor.name}.`);
}
