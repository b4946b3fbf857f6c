/**
 * Projects, users, role assignments, quotas: rows from what Keystone and the quota sets say.
 */
import type { Inventory } from '~/db/import/inventory';
import { sourceOf } from '~/db/import/inventory';
import type { Known } from '~/db/import/load/known';
import type { Breach } from '~/db/import/rules';
import type { projects, quotas, roleAssignments, users } from '~/db/schema/identity';
import { ROLES, type Role } from '~/server/domain/roles';
import { freeName } from './free-name';
import type { Converted, Made } from './row';

type ProjectRow = typeof projects.$inferInsert;
type UserRow = typeof users.$inferInsert;

export function projectRows(inventory: Inventory, known: Known): Converted<ProjectRow> {
  const taken = new Map(known.projects);
  const breaches: Breach[] = [];
  const rows: Made<ProjectRow>[] = inventory.of.project.map((document) => {
    const { id, name, description, domain_id: domainId, enabled } = document.value;
    const chosen = freeName(taken, id, name);
    if (chosen !== name) breaches.push(nameTaken('project', id, name, chosen));
    return {
      // One that was deleted here is there again.
      row: { id, name: chosen, description: description ?? '', domainId, enabled, deletedAt: null },
      from: [sourceOf(document)],
    };
  });
  const here = new Set(inventory.of.project.map((each) => each.id));
  for (const id of referredProjects(inventory)) {
    if (here.has(id) || isSound(known.projects, id)) continue;
    const name = freeName(taken, id, placeholderName(id));
    rows.push({
      row: { id, name, description: 'Not among the imported projects', enabled: false },
      from: [],
    });
    breaches.push({
      rule: 'project.unknown',
      kind: 'project',
      objectId: id,
      message: `Project ${id} owns imported things, but is not among the projects.`,
    });
  }
  return { rows, breaches };
}

function placeholderName(id: string): string {
  return `unknown-${id.slice(0, 8)}`;
}

/** Whether the database has it as more than the placeholder of an earlier import. */
function isSound(names: Map<string, string>, id: string): boolean {
  const name = names.get(id);
  return name !== undefined && !name.startsWith(placeholderName(id));
}

function referredProjects({ of }: Inventory): Set<string> {
  return new Set([
    ...of.server.map((each) => each.value.tenant_id),
    ...of.volume.map((each) => each.value['os-vol-tenant-attr:tenant_id']),
    ...of.snapshot.map((each) => each.value['os-extended-snapshot-attributes:project_id']),
    ...of['volume-type-access'].map((each) => each.value.project_id),
    ...of['compute-quota'].map((each) => each.id),
    ...of['volume-quota'].map((each) => each.id),
    ...of['role-assignment'].flatMap((each) => each.value.scope.project?.id ?? []),
  ]);
}

export function userRows(inventory: Inventory, known: Known): Converted<UserRow> {
  const taken = new Map(known.users);
  const breaches: Breach[] = [];
  const rows: Made<UserRow>[] = inventory.of.user.map((document) => {
    const { id, name, email, domain_id: domainId, enabled } = document.value;
    const chosen = freeName(taken, id, name);
    if (chosen !== name) breaches.push(nameTaken('user', id, name, chosen));
    return { row: { id, name: chosen, email, domainId, enabled }, from: [sourceOf(document)] };
  });
  const here = new Set(inventory.of.user.map((each) => each.id));
  for (const id of referredUsers(inventory)) {
    if (here.has(id) || isSound(known.users, id)) continue;
    const name = freeName(taken, id, placeholderName(id));
    rows.push({ row: { id, name, enabled: false }, from: [] });
    breaches.push({
      rule: 'user.unknown',
      kind: 'user',
      objectId: id,
      message: `User ${id} owns imported things or has a role, but is not among the users.`,
    });
  }
  return { rows, breaches };
}

function referredUsers({ of }: Inventory): Set<string> {
  return new Set([
    ...of.server.map((each) => each.value.user_id),
    ...of.volume.map((each) => each.value.user_id),
    ...of['role-assignment'].flatMap((each) => each.value.user?.id ?? []),
  ]);
}

function nameTaken(kind: 'project' | 'user', objectId: string, name: string, chosen: string): Breach {
  return {
    rule: `${kind}.name-taken`,
    kind,
    objectId,
    message: `The name ${name} is taken by another ${kind}; this one is called ${chosen} here.`,
  };
}

export function roleAssignmentRows(inventory: Inventory): Converted<typeof roleAssignments.$inferInsert> {
  const roleNames = new Map(inventory.of.role.map((each) => [each.id, each.value.name]));
  const rows: Made<typeof roleAssignments.$inferInsert>[] = [];
  const breaches: Breach[] = [];
  for (const document of inventory.of['role-assignment']) {
    const { user, scope, role } = document.value;
    const name = role.name ?? roleNames.get(role.id) ?? role.id;
    if (user === undefined || scope.project === undefined) {
      breaches.push({
        rule: 'role-assignment.scope-unsupported',
        kind: 'role-assignment',
        objectId: document.id,
        message: `Role ${name} is not given to one user in one project.`,
      });
    } else if (isRole(name)) {
      const row = { userId: user.id, projectId: scope.project.id, role: name };
      rows.push({ row, from: [sourceOf(document)] });
    } else {
      breaches.push({
        rule: 'role-assignment.role-unknown',
        kind: 'role-assignment',
        objectId: document.id,
        message: `Role ${name} of user ${user.id} in project ${scope.project.id} is none of ${ROLES.join(', ')}.`,
      });
    }
  }
  return { rows, breaches };
}

function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}

export function quotaRows(inventory: Inventory): Made<typeof quotas.$inferInsert>[] {
  return (['compute', 'volume'] as const).flatMap((service) =>
    inventory.of[`${service}-quota`].flatMap((document) =>
      [...document.value.resources].map(([resource, { limit }]) => ({
        row: { projectId: document.id, service, resource, limit },
        from: [sourceOf(document)],
      })),
    ),
  );
}
