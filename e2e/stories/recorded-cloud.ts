/**
 * A small cloud as its own APIs tell of it, in which one attachment is broken: the volume `ledger` says that it is on
 * `till-1`, which knows nothing of it. Ids are new each time, so that every import is of another cloud.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniqueName } from './cloud';

const WHEN = '2026-02-03T04:05:06.000000';

export interface RecordedCloud {
  project: { id: string; name: string };
  tills: [string, string];
  receipts: string;
  ledger: string;
  receiptsOnTill: string;
  ledgerOnTill: string;
}

export function inventCloud(): RecordedCloud {
  return {
    project: { id: randomUUID().replaceAll('-', ''), name: uniqueName('bakery') },
    tills: [randomUUID(), randomUUID()],
    receipts: randomUUID(),
    ledger: randomUUID(),
    receiptsOnTill: randomUUID(),
    ledgerOnTill: randomUUID(),
  };
}

function server({ project }: RecordedCloud, id: string, name: string, volumes: string[]) {
  return {
    id,
    name,
    status: 'ACTIVE',
    tenant_id: project.id,
    user_id: `${project.id}-owner`,
    image: '',
    flavor: { original_name: 'till', vcpus: 1, ram: 512, disk: 4, ephemeral: 0, swap: 0, extra_specs: {} },
    created: '2026-02-03T04:05:06Z',
    updated: '2026-02-03T04:05:06Z',
    'OS-EXT-STS:vm_state': 'active',
    'OS-EXT-STS:task_state': null,
    'OS-EXT-STS:power_state': 1,
    'OS-EXT-AZ:availability_zone': 'oven',
    'OS-EXT-SRV-ATTR:host': `host-of-${project.name}`,
    'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
    'OS-SRV-USG:launched_at': WHEN,
    'os-extended-volumes:volumes_attached': volumes.map((volume) => ({ id: volume })),
  };
}

function volume({ project }: RecordedCloud, id: string, name: string) {
  return {
    id,
    name,
    status: 'in-use',
    size: 7,
    availability_zone: 'oven',
    created_at: WHEN,
    updated_at: WHEN,
    volume_type: `flour-of-${project.name}`,
    metadata: {},
    user_id: `${project.id}-owner`,
    bootable: 'false',
    multiattach: false,
    attachments: [],
    migration_status: null,
    'os-vol-tenant-attr:tenant_id': project.id,
  };
}

function attachment(id: string, volumeId: string, instance: string) {
  return {
    id,
    volume_id: volumeId,
    instance,
    status: 'attached',
    attached_at: WHEN,
    detached_at: '',
    attach_mode: 'rw',
    connection_info: { driver_volume_type: 'iscsi', access_mode: 'rw' },
  };
}

/** @returns a new folder with the documents, one list a file */
export async function writeDocuments(cloud: RecordedCloud): Promise<string> {
  const { project, tills, receipts, ledger } = cloud;
  const lists = {
    projects: [{ id: project.id, name: project.name, enabled: true }],
    users: [{ id: `${project.id}-owner`, name: `owner of ${project.name}`, enabled: true }],
    servers: [server(cloud, tills[0], 'till-1', [receipts]), server(cloud, tills[1], 'till-2', [])],
    volumes: [volume(cloud, receipts, 'receipts'), volume(cloud, ledger, 'ledger')],
    attachments: [
      attachment(cloud.receiptsOnTill, receipts, tills[0]),
      attachment(cloud.ledgerOnTill, ledger, tills[0]),
    ],
    volumeAttachments: [
      {
        attachment_id: cloud.receiptsOnTill,
        bdm_uuid: randomUUID(),
        volumeId: receipts,
        serverId: tills[0],
        device: '/dev/vdb',
        tag: null,
        delete_on_termination: false,
      },
    ],
  };
  const folder = await mkdtemp(join(tmpdir(), 'mooring-recorded-'));
  for (const [list, items] of Object.entries(lists)) {
    await writeFile(join(folder, `${list}.json`), JSON.stringify({ [list]: items }));
  }
  return folder;
}
