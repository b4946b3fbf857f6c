/**
 * For tests: a small cloud in which nothing is wrong, as documents, for each story to spoil in one place.
 */
import type { JsonFile } from './read-folder';

export const IDS = {
  project: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  user: 'aaaabbbbccccddddeeeeffff00001111',
  web: '10000000-0000-4000-8000-000000000001',
  db: '10000000-0000-4000-8000-000000000002',
  shelf: '10000000-0000-4000-8000-000000000003',
  data: '20000000-0000-4000-8000-000000000001',
  free: '20000000-0000-4000-8000-000000000002',
  parked: '20000000-0000-4000-8000-000000000003',
  shared: '20000000-0000-4000-8000-000000000004',
  dataOnWeb: '30000000-0000-4000-8000-000000000001',
  parkedOnShelf: '30000000-0000-4000-8000-000000000003',
  sharedOnWeb: '30000000-0000-4000-8000-000000000004',
  image: '40000000-0000-4000-8000-000000000001',
  plain: '50000000-0000-4000-8000-000000000001',
  multiattach: '50000000-0000-4000-8000-000000000002',
  lab: '50000000-0000-4000-8000-000000000003',
  snapshot: '60000000-0000-4000-8000-000000000001',
  stranger: '99999999-0000-4000-8000-000000000009',
} as const;

/** Whatever a document says; the checks of the import are what these tests are about. */
export type Raw = Record<string, unknown>;

const NOON = '2026-03-01T12:00:00.000000';

function serverDocument(id: string, name: string, more: Raw = {}): Raw {
  return {
    id,
    name,
    status: 'ACTIVE',
    tenant_id: IDS.project,
    user_id: IDS.user,
    image: { id: IDS.image },
    flavor: { id: '1' },
    created: '2026-03-01T11:00:00Z',
    updated: '2026-03-01T11:00:30Z',
    'OS-EXT-STS:vm_state': 'active',
    'OS-EXT-STS:task_state': null,
    'OS-EXT-STS:power_state': 1,
    'OS-EXT-AZ:availability_zone': 'nova',
    'OS-EXT-SRV-ATTR:host': 'compute-1',
    'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
    'OS-SRV-USG:launched_at': NOON,
    'os-extended-volumes:volumes_attached': [],
    ...more,
  };
}

export function volumeDocument(id: string, name: string, more: Raw = {}): Raw {
  return {
    id,
    name,
    status: 'available',
    size: 10,
    availability_zone: 'nova',
    created_at: NOON,
    updated_at: NOON,
    volume_type: 'plain',
    volume_type_id: IDS.plain,
    metadata: {},
    user_id: IDS.user,
    bootable: 'false',
    multiattach: false,
    attachments: [],
    migration_status: null,
    'os-vol-tenant-attr:tenant_id': IDS.project,
    'os-vol-host-attr:host': 'host@backend#pool',
    ...more,
  };
}

/** The storage side; a reservation has neither mode nor connection. */
export function attachmentDocument(
  id: string,
  volumeId: string,
  instance: string | null,
  more: Raw = {},
): Raw {
  return {
    id,
    volume_id: volumeId,
    instance,
    status: 'attached',
    attached_at: NOON,
    detached_at: '',
    attach_mode: 'rw',
    connection_info: { driver_volume_type: 'iscsi', access_mode: 'rw', auth_password: `chap of ${id}` },
    ...more,
  };
}

export function reservationDocument(id: string, volumeId: string, instance: string): Raw {
  return attachmentDocument(id, volumeId, instance, {
    status: 'reserved',
    attached_at: '',
    attach_mode: 'null',
    connection_info: {},
  });
}

/** The compute side. */
export function diskDocument(
  attachmentId: string,
  volumeId: string,
  serverId: string,
  device: string | null,
): Raw {
  return {
    attachment_id: attachmentId,
    bdm_uuid: attachmentId.replace(/^30/, '31'),
    volumeId,
    serverId,
    device,
    tag: null,
    delete_on_termination: false,
  };
}

export type Cloud = ReturnType<typeof soundCloud>;

/** web and db run on compute-1, shelf is offloaded; web has `data` and `shared`, `parked` is reserved for shelf. */
export function soundCloud() {
  return {
    projects: [{ id: IDS.project, name: 'shop', enabled: true }] as Raw[],
    users: [{ id: IDS.user, name: 'sam', enabled: true }] as Raw[],
    roles: [{ id: 'r1', name: 'member' }] as Raw[],
    role_assignments: [
      { user: { id: IDS.user }, role: { id: 'r1' }, scope: { project: { id: IDS.project } } },
    ] as Raw[],
    services: [
      {
        binary: 'nova-compute',
        host: 'compute-1',
        zone: 'nova',
        status: 'enabled',
        state: 'up',
        updated_at: NOON,
      },
      {
        binary: 'cinder-volume',
        host: 'host@backend',
        zone: 'nova',
        status: 'enabled',
        state: 'up',
        updated_at: NOON,
      },
    ] as Raw[],
    hypervisors: [
      {
        id: 'h1',
        hypervisor_hostname: 'compute-1',
        hypervisor_type: 'QEMU',
        state: 'up',
        status: 'enabled',
        service: { host: 'compute-1' },
      },
    ] as Raw[],
    flavors: [{ id: '1', name: 'm1.tiny', vcpus: 1, ram: 64, disk: 1 }] as Raw[],
    images: [
      {
        id: IDS.image,
        name: 'tiny',
        owner: IDS.project,
        status: 'active',
        visibility: 'public',
        created_at: NOON,
        updated_at: NOON,
      },
    ] as Raw[],
    pools: [{ name: 'host@backend#pool', capabilities: { total_capacity_gb: 100 } }] as Raw[],
    volume_types: [
      { id: IDS.plain, name: 'plain', extra_specs: {} },
      { id: IDS.multiattach, name: 'multiattach', extra_specs: { multiattach: '<is> True' } },
      { id: IDS.lab, name: 'own', is_public: false, extra_specs: {} },
    ] as Raw[],
    volume_type_access: [{ volume_type_id: IDS.lab, project_id: IDS.project }] as Raw[],
    servers: [
      serverDocument(IDS.web, 'web', {
        'os-extended-volumes:volumes_attached': [{ id: IDS.data }, { id: IDS.shared }],
      }),
      serverDocument(IDS.db, 'db'),
      serverDocument(IDS.shelf, 'shelf', {
        status: 'SHELVED_OFFLOADED',
        'OS-EXT-STS:vm_state': 'shelved_offloaded',
        'OS-EXT-SRV-ATTR:host': null,
        'os-extended-volumes:volumes_attached': [{ id: IDS.parked }],
      }),
    ] as Raw[],
    volumes: [
      volumeDocument(IDS.data, 'data', { status: 'in-use' }),
      volumeDocument(IDS.free, 'free'),
      volumeDocument(IDS.parked, 'parked', { status: 'reserved' }),
      volumeDocument(IDS.shared, 'shared', {
        status: 'in-use',
        multiattach: true,
        volume_type: 'multiattach',
        volume_type_id: IDS.multiattach,
      }),
    ] as Raw[],
    attachments: [
      attachmentDocument(IDS.dataOnWeb, IDS.data, IDS.web),
      reservationDocument(IDS.parkedOnShelf, IDS.parked, IDS.shelf),
      attachmentDocument(IDS.sharedOnWeb, IDS.shared, IDS.web),
    ] as Raw[],
    volumeAttachments: [
      diskDocument(IDS.dataOnWeb, IDS.data, IDS.web, '/dev/vdb'),
      diskDocument(IDS.parkedOnShelf, IDS.parked, IDS.shelf, null),
      diskDocument(IDS.sharedOnWeb, IDS.shared, IDS.web, '/dev/vdc'),
    ] as Raw[],
    snapshots: [
      {
        id: IDS.snapshot,
        volume_id: IDS.data,
        name: 'data-nightly',
        status: 'available',
        size: 10,
        created_at: NOON,
        'os-extended-snapshot-attributes:project_id': IDS.project,
        'os-extended-snapshot-attributes:progress': '100%',
      },
    ] as Raw[],
    transfers: [] as Raw[],
    instanceActions: [
      {
        action: 'create',
        instance_uuid: IDS.web,
        request_id: 'req-1',
        user_id: IDS.user,
        project_id: IDS.project,
        start_time: NOON,
        updated_at: NOON,
        message: null,
      },
    ] as Raw[],
  };
}

/** One file a list, as `GET` would have answered. */
export function filesOf(cloud: object): JsonFile[] {
  return Object.entries(cloud).map(([list, items]) => ({ file: `${list}.json`, content: { [list]: items } }));
}

/** Changes the document with this id (or name) in place. */
export function change(documents: Raw[], id: string, more: Raw): void {
  const document = documents.find(
    (each) => each.id === id || each.attachment_id === id || each.binary === id,
  );
  if (document === undefined) throw new Error(`no document ${id}`);
  Object.assign(document, more);
}

/** Takes the document with this id (or name) away. */
export function remove(documents: Raw[], id: string): void {
  const index = documents.findIndex(
    (each) => each.id === id || each.attachment_id === id || each.name === id,
  );
  if (index < 0) throw new Error(`no document ${id}`);
  documents.splice(index, 1);
}
