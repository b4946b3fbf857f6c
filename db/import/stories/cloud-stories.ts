/**
 * Servers, hosts, and what is around them.
 */
import { expect } from 'vitest';
import { change, IDS, volumeDocument } from '../test-documents';
import { NEW, type Story, server } from './story';

export const CLOUD_STORIES: readonly Story[] = [
  {
    rule: 'server.in-error',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { status: 'ERROR', 'OS-EXT-STS:vm_state': 'error' }),
    kept: { query: server(IDS.db), row: { status: 'ERROR' } },
  },
  {
    rule: 'server.host-unknown',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { 'OS-EXT-SRV-ATTR:host': 'compute-9' }),
    kept: { query: `hosts where name = 'compute-9'`, row: { up: false, supports_multiattach: false } },
  },
  {
    rule: 'server.state-unknown',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { 'OS-EXT-STS:task_state': 'dreaming' }),
    kept: { query: server(IDS.db), row: { vm_state: 'error', task_state: null, status: 'ERROR' } },
  },
  {
    rule: 'server.status-differs',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { status: 'UNKNOWN' }),
    kept: { query: server(IDS.db), row: { status: 'ACTIVE' } },
  },
  {
    rule: 'server.image-unknown',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { image: { id: IDS.stranger } }),
    kept: { query: server(IDS.db), row: { image_id: IDS.stranger } },
  },
  {
    rule: 'server.flavor-unknown',
    object: IDS.db,
    spoil: (cloud) => change(cloud.servers, IDS.db, { flavor: { id: '77' } }),
    kept: { query: server(IDS.db), row: { flavor_id: '77' } },
  },
  {
    rule: 'server.volume-list-differs',
    object: IDS.web,
    spoil: (cloud) =>
      change(cloud.servers, IDS.web, { 'os-extended-volumes:volumes_attached': [{ id: IDS.data }] }),
  },
  {
    rule: 'host.down',
    object: 'compute-1',
    spoil: (cloud) => change(cloud.services, 'nova-compute', { state: 'down' }),
    kept: { query: 'hosts', row: { up: false } },
  },
  {
    rule: 'quota.usage-differs',
    object: `volume/${IDS.project}`,
    spoil: (cloud) =>
      Object.assign(cloud, {
        quota_set: { id: IDS.project, volumes: { limit: 9, in_use: 3 }, gigabytes: 100 },
      }),
    kept: { query: `quotas where resource = 'volumes'`, row: { hard_limit: 9 } },
  },
  {
    rule: 'image.owner-unknown',
    object: IDS.image,
    spoil: (cloud) => change(cloud.images, IDS.image, { owner: 'elsewhere' }),
    kept: { query: 'images', row: { owner: 'elsewhere' } },
  },
  {
    rule: 'project.unknown',
    object: 'cafe',
    spoil: (cloud) =>
      cloud.volumes.push(volumeDocument(NEW, 'left', { 'os-vol-tenant-attr:tenant_id': 'cafe' })),
    kept: { query: `projects where id = 'cafe'`, row: { enabled: false, name: 'unknown-cafe' } },
  },
  {
    rule: 'project.name-taken',
    object: 'cafe',
    spoil: (cloud) => cloud.projects.push({ id: 'cafe', name: 'shop', domain_id: 'other' }),
    kept: { query: `projects where id = 'cafe'`, row: { name: 'shop (cafe)' } },
  },
  {
    rule: 'user.unknown',
    object: 'cafe',
    spoil: (cloud) => change(cloud.servers, IDS.db, { user_id: 'cafe' }),
    kept: { query: `users where id = 'cafe'`, row: { enabled: false, password_hash: null } },
  },
  {
    rule: 'user.name-taken',
    object: 'cafe',
    spoil: (cloud) => cloud.users.push({ id: 'cafe', name: 'sam', domain_id: 'other' }),
    kept: { query: `users where id = 'cafe'`, row: { name: 'sam (cafe)', domain_id: 'other' } },
  },
  {
    rule: 'volume-type.name-taken',
    object: IDS.stranger,
    spoil: (cloud) => cloud.volume_types.push({ id: IDS.stranger, name: 'plain' }),
    kept: { query: `volume_types where id = '${IDS.stranger}'`, row: { name: 'plain (99999999)' } },
  },
  {
    rule: 'volume-type.qos-left-out',
    object: IDS.plain,
    spoil: (cloud) => change(cloud.volume_types, IDS.plain, { qos_specs_id: IDS.stranger }),
    kept: { query: `volume_types where id = '${IDS.plain}'`, row: { name: 'plain', qos_specs_id: null } },
  },
  {
    rule: 'volume-type.access-to-unknown',
    object: `${IDS.stranger}/${IDS.project}`,
    spoil: (cloud) => Object.assign(cloud.volume_type_access[0] ?? {}, { volume_type_id: IDS.stranger }),
    kept: {
      query: `imported_documents where kind = 'volume-type-access'`,
      row: { id: `${IDS.stranger}/${IDS.project}` },
    },
  },
  {
    rule: 'role-assignment.role-unknown',
    object: `${IDS.user}/${IDS.project}/r9`,
    spoil(cloud) {
      cloud.roles.push({ id: 'r9', name: 'load-balancer_observer' });
      cloud.role_assignments.push({
        user: { id: IDS.user },
        role: { id: 'r9' },
        scope: { project: { id: IDS.project } },
      });
    },
  },
  {
    rule: 'role-assignment.scope-unsupported',
    object: `${IDS.user}/system/r1`,
    spoil: (cloud) =>
      cloud.role_assignments.push({
        user: { id: IDS.user },
        role: { id: 'r1' },
        scope: { system: { all: true } },
      }),
  },
  {
    rule: 'action.failed',
    object: expect.any(String) as unknown as string,
    spoil: (cloud) => Object.assign(cloud.instanceActions[0] ?? {}, { message: 'Error' }),
    kept: { query: 'operations', row: { outcome: 'failed', reason: 'The cloud recorded an error.' } },
  },
  {
    rule: 'document.incomplete',
    object: 'more.json',
    spoil: () => undefined,
  },
];
