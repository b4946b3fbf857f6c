/**
 * Every kind of document that can come in: how its list is called on the wire, what it must look like, what names it.
 */
import type { z } from 'zod';
import { flavor, hypervisor, instanceAction, server, serverVolume, service } from './compute';
import { project, role, roleAssignment, user } from './identity';
import { image } from './image';
import { quotaSet } from './quota';
import { attachment, pool, snapshot, transfer, volume, volumeType, volumeTypeAccess } from './volume';

interface KindDefinition<Schema extends z.ZodType> {
  /** Key of the list in the document; kinds that share one are told apart by `recognise`. */
  list: string;
  schema: Schema;
  /** What names one of them among its kind. */
  id(value: z.output<Schema>): string;
  /** Plural, for people. */
  plural: string;
  /** Tells this kind from others under the same key. */
  recognise?(raw: Record<string, unknown>): boolean;
}

function kind<Schema extends z.ZodType>(definition: KindDefinition<Schema>): KindDefinition<Schema> {
  return definition;
}

const byId = (value: { id: string }) => value.id;

function binaryStarts(prefix: string) {
  return (raw: Record<string, unknown>) => typeof raw.binary === 'string' && raw.binary.startsWith(prefix);
}

/** In the order in which a report names them. */
export const KINDS = {
  project: kind({ list: 'projects', schema: project, id: byId, plural: 'projects' }),
  user: kind({ list: 'users', schema: user, id: byId, plural: 'users' }),
  role: kind({ list: 'roles', schema: role, id: byId, plural: 'roles' }),
  'role-assignment': kind({
    list: 'role_assignments',
    schema: roleAssignment,
    id: (each) => {
      const scope = each.scope.project?.id ?? each.scope.domain?.id ?? 'system';
      return `${each.user?.id ?? each.group?.id ?? 'nobody'}/${scope}/${each.role.id}`;
    },
    plural: 'role assignments',
  }),
  'compute-quota': kind({
    list: 'quota_set',
    schema: quotaSet,
    id: byId,
    plural: 'compute quota sets',
    recognise: (raw) => 'cores' in raw || 'instances' in raw,
  }),
  'volume-quota': kind({
    list: 'quota_set',
    schema: quotaSet,
    id: byId,
    plural: 'volume quota sets',
    recognise: (raw) => 'gigabytes' in raw || 'volumes' in raw,
  }),
  'compute-service': kind({
    list: 'services',
    schema: service,
    id: (each) => `${each.binary}@${each.host}`,
    plural: 'compute services',
    recognise: binaryStarts('nova-'),
  }),
  'volume-service': kind({
    list: 'services',
    schema: service,
    id: (each) => `${each.binary}@${each.host}`,
    plural: 'volume services',
    recognise: binaryStarts('cinder-'),
  }),
  hypervisor: kind({ list: 'hypervisors', schema: hypervisor, id: byId, plural: 'hypervisors' }),
  flavor: kind({ list: 'flavors', schema: flavor, id: byId, plural: 'flavors' }),
  image: kind({ list: 'images', schema: image, id: byId, plural: 'images' }),
  pool: kind({ list: 'pools', schema: pool, id: (each) => each.name, plural: 'pools' }),
  'volume-type': kind({ list: 'volume_types', schema: volumeType, id: byId, plural: 'volume types' }),
  'volume-type-access': kind({
    list: 'volume_type_access',
    schema: volumeTypeAccess,
    id: (each) => `${each.volume_type_id}/${each.project_id}`,
    plural: 'accesses to volume types',
  }),
  server: kind({ list: 'servers', schema: server, id: byId, plural: 'servers' }),
  volume: kind({ list: 'volumes', schema: volume, id: byId, plural: 'volumes' }),
  attachment: kind({
    list: 'attachments',
    schema: attachment,
    id: byId,
    plural: 'attachments, storage side',
  }),
  'server-volume': kind({
    list: 'volumeAttachments',
    schema: serverVolume,
    id: (each) => each.attachment_id ?? `${each.serverId}/${each.volumeId}`,
    plural: 'attachments, compute side',
  }),
  snapshot: kind({ list: 'snapshots', schema: snapshot, id: byId, plural: 'snapshots' }),
  transfer: kind({ list: 'transfers', schema: transfer, id: byId, plural: 'transfers' }),
  'instance-action': kind({
    list: 'instanceActions',
    schema: instanceAction,
    id: (each) => `${each.instance_uuid}/${each.request_id}/${each.action}/${each.start_time.toISOString()}`,
    plural: 'instance actions',
  }),
};

export type Kind = keyof typeof KINDS;
export type DocumentOf<K extends Kind> = z.output<(typeof KINDS)[K]['schema']>;

export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** @returns the kinds whose lists are called so on the wire */
export function kindsOfList(list: string): Kind[] {
  return KIND_NAMES.filter((name) => KINDS[name].list === list);
}

/** Names of lists, for a message to whoever brought something else. */
export const LIST_NAMES = [...new Set(KIND_NAMES.map((name) => KINDS[name].list))];
