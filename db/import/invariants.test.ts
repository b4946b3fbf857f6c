/**
 * Each invariant, broken on its own in a cloud that is sound otherwise: the import finds exactly that, and keeps the row.
 */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '~/db/client';
import { createTestDatabase } from '~/db/testing';
import { type ImportReport, loadInventory } from './import-inventory';
import { takeInventory } from './inventory';
import type { JsonFile } from './read-folder';
import { RULES, type RuleId } from './rules';
import { TEST_KEY } from './test-cloud';
import {
  attachmentDocument,
  type Cloud,
  change,
  diskDocument,
  filesOf,
  IDS,
  type Raw,
  remove,
  reservationDocument,
  soundCloud,
  volumeDocument,
} from './test-documents';

interface Story {
  rule: RuleId;
  /** Rules that the same fault breaks necessarily. */
  also?: RuleId[];
  object: string;
  spoil(cloud: Cloud): void;
  /** A row that must be there afterwards: what follows `select … from`, and what it shows. */
  kept?: { query: string; row: Raw };
}

const NEW = '30000000-0000-4000-8000-00000000000f';
const attachment = (id: string) => `attachments where id = '${id}'`;
const volume = (id: string) => `volumes where id = '${id}'`;
const server = (id: string) => `servers where id = '${id}'`;

const STORIES: Story[] = [
  {
    rule: 'attachment.no-compute-side',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      remove(cloud.volumeAttachments, IDS.dataOnWeb);
      change(cloud.servers, IDS.web, { 'os-extended-volumes:volumes_attached': [{ id: IDS.shared }] });
    },
    kept: {
      query: attachment(IDS.dataOnWeb),
      row: {
        instance_id: IDS.web,
        server_id: null,
        bdm_id: null,
        attach_status: 'attached',
        quarantine: null,
      },
    },
  },
  {
    rule: 'attachment.no-storage-side',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      remove(cloud.attachments, IDS.dataOnWeb);
      change(cloud.volumes, IDS.data, { status: 'available' });
    },
    kept: {
      query: attachment(IDS.dataOnWeb),
      row: { attach_status: null, server_id: IDS.web, instance_id: IDS.web, device: '/dev/vdb' },
    },
  },
  {
    rule: 'attachment.instance-unknown',
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.free, IDS.stranger));
      change(cloud.volumes, IDS.free, { status: 'in-use' });
    },
    kept: { query: attachment(NEW), row: { instance_id: IDS.stranger, server_id: null } },
  },
  {
    rule: 'attachment.no-instance',
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.free, null));
      change(cloud.volumes, IDS.free, { status: 'in-use' });
    },
    kept: { query: attachment(NEW), row: { instance_id: null, server_id: null, attach_status: 'attached' } },
  },
  {
    rule: 'attachment.sides-disagree',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      change(cloud.volumeAttachments, IDS.dataOnWeb, { volumeId: IDS.free });
      change(cloud.servers, IDS.web, {
        'os-extended-volumes:volumes_attached': [{ id: IDS.free }, { id: IDS.shared }],
      });
    },
    kept: {
      query: `attachments where volume_id = '${IDS.free}'`,
      row: { attach_status: null, server_id: IDS.web, device: '/dev/vdb' },
    },
  },
  {
    rule: 'attachment.volume-unknown',
    object: NEW,
    spoil: (cloud) => cloud.attachments.push(attachmentDocument(NEW, IDS.stranger, IDS.db)),
    kept: { query: `imported_documents where kind = 'attachment' and id = '${NEW}'`, row: { id: NEW } },
  },
  {
    rule: 'attachment.server-unknown',
    also: ['attachment.instance-unknown'],
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.free, IDS.stranger));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.free, IDS.stranger, '/dev/vdb'));
      change(cloud.volumes, IDS.free, { status: 'in-use' });
    },
    kept: { query: attachment(NEW), row: { server_id: null, instance_id: IDS.stranger } },
  },
  {
    rule: 'attachment.held-twice',
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.data, IDS.db));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.data, IDS.db, '/dev/vdb'));
      change(cloud.servers, IDS.db, { 'os-extended-volumes:volumes_attached': [{ id: IDS.data }] });
    },
    kept: {
      query: attachment(NEW),
      row: {
        server_id: IDS.db,
        attach_status: 'attached',
        quarantine: expect.stringContaining('not multiattach'),
      },
    },
  },
  {
    rule: 'attachment.duplicate-pair',
    also: ['volume.several-writers'],
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.shared, IDS.web));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.shared, IDS.web, '/dev/vdd'));
    },
    kept: { query: attachment(NEW), row: { quarantine: expect.stringContaining('a second time') } },
  },
  {
    rule: 'attachment.duplicate-device',
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.free, IDS.web));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.free, IDS.web, '/dev/sdb'));
      change(cloud.volumes, IDS.free, { status: 'in-use' });
      change(cloud.servers, IDS.web, {
        'os-extended-volumes:volumes_attached': [{ id: IDS.data }, { id: IDS.shared }, { id: IDS.free }],
      });
    },
    kept: {
      query: attachment(NEW),
      row: { device: '/dev/sdb', quarantine: expect.stringContaining('/dev/vdb') },
    },
  },
  {
    rule: 'attachment.reservation-idle',
    object: NEW,
    spoil(cloud) {
      cloud.attachments.push(reservationDocument(NEW, IDS.free, IDS.db));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.free, IDS.db, '/dev/vdb'));
      change(cloud.volumes, IDS.free, { status: 'reserved' });
      change(cloud.servers, IDS.db, { 'os-extended-volumes:volumes_attached': [{ id: IDS.free }] });
    },
    kept: { query: attachment(NEW), row: { attach_status: 'reserved', mode: null, connection_info: null } },
  },
  {
    rule: 'attachment.stuck',
    also: ['volume.stuck'],
    object: IDS.dataOnWeb,
    spoil(cloud) {
      change(cloud.attachments, IDS.dataOnWeb, { status: 'attaching' });
      change(cloud.volumes, IDS.data, { status: 'attaching' });
    },
    kept: { query: volume(IDS.data), row: { status: 'attaching', attach_status: 'attaching' } },
  },
  {
    rule: 'attachment.in-error',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      change(cloud.attachments, IDS.dataOnWeb, { status: 'error_detaching' });
      change(cloud.volumes, IDS.data, { status: 'available' });
    },
    kept: { query: attachment(IDS.dataOnWeb), row: { attach_status: 'error_detaching', deleted_at: null } },
  },
  {
    rule: 'attachment.mode-differs',
    object: IDS.dataOnWeb,
    spoil: (cloud) => change(cloud.attachments, IDS.dataOnWeb, { attach_mode: 'ro' }),
    kept: { query: attachment(IDS.dataOnWeb), row: { mode: 'ro' } },
  },
  {
    rule: 'attachment.status-unknown',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      change(cloud.attachments, IDS.dataOnWeb, { status: 'pondering' });
      change(cloud.volumes, IDS.data, { status: 'available' });
    },
    kept: { query: attachment(IDS.dataOnWeb), row: { attach_status: 'error_detaching' } },
  },
  {
    rule: 'attachment.already-detached',
    object: NEW,
    spoil: (cloud) =>
      cloud.attachments.push(attachmentDocument(NEW, IDS.free, IDS.stranger, { status: 'detached' })),
    kept: { query: attachment(NEW), row: { deleted_at: expect.anything(), connection_info: null } },
  },
  {
    rule: 'attachment.only-in-volume',
    object: IDS.dataOnWeb,
    spoil(cloud) {
      remove(cloud.attachments, IDS.dataOnWeb);
      const entry = {
        attachment_id: IDS.dataOnWeb,
        volume_id: IDS.data,
        server_id: IDS.web,
        host_name: 'compute-1',
      };
      change(cloud.volumes, IDS.data, { attachments: [entry] });
    },
    kept: {
      query: attachment(IDS.dataOnWeb),
      row: { attach_status: 'attached', server_id: IDS.web, attached_host: 'compute-1' },
    },
  },
  {
    rule: 'volume.status-differs',
    object: IDS.data,
    spoil: (cloud) => change(cloud.volumes, IDS.data, { status: 'available' }),
    kept: { query: volume(IDS.data), row: { status: 'available', attach_status: 'attached' } },
  },
  {
    rule: 'volume.stuck',
    object: IDS.data,
    spoil: (cloud) => change(cloud.volumes, IDS.data, { status: 'detaching' }),
    kept: { query: volume(IDS.data), row: { status: 'detaching', attach_status: 'attached' } },
  },
  {
    rule: 'volume.in-error',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { status: 'error_extending' }),
    kept: { query: volume(IDS.free), row: { status: 'error_extending', attach_status: 'detached' } },
  },
  {
    rule: 'volume.swap-half-way',
    also: ['volume.stuck', 'attachment.no-compute-side', 'attachment.reservation-idle'],
    object: IDS.data,
    spoil(cloud) {
      change(cloud.volumes, IDS.data, { status: 'detaching' });
      change(cloud.volumes, IDS.free, { status: 'reserved' });
      cloud.attachments.push(reservationDocument(NEW, IDS.free, IDS.web));
    },
  },
  {
    rule: 'volume.migration-residue',
    object: IDS.data,
    spoil: (cloud) => change(cloud.volumes, IDS.data, { migration_status: 'migrating' }),
    kept: { query: volume(IDS.data), row: { migration_status: 'migrating' } },
  },
  {
    rule: 'volume.several-writers',
    object: IDS.shared,
    spoil(cloud) {
      cloud.attachments.push(attachmentDocument(NEW, IDS.shared, IDS.db));
      cloud.volumeAttachments.push(diskDocument(NEW, IDS.shared, IDS.db, '/dev/vdb'));
      change(cloud.servers, IDS.db, { 'os-extended-volumes:volumes_attached': [{ id: IDS.shared }] });
    },
    kept: { query: attachment(NEW), row: { multiattach: true, quarantine: null } },
  },
  {
    rule: 'volume.pool-unknown',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { 'os-vol-host-attr:host': 'gone@backend#pool' }),
    kept: { query: volume(IDS.free), row: { pool: 'gone@backend#pool' } },
  },
  {
    rule: 'volume.type-unknown',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { volume_type: 'gold', volume_type_id: IDS.stranger }),
    kept: { query: volume(IDS.free), row: { volume_type_id: IDS.stranger } },
  },
  {
    rule: 'volume.no-size',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { size: 0 }),
    kept: { query: volume(IDS.free), row: { size_gib: 1 } },
  },
  {
    rule: 'volume.status-unknown',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { status: 'sleeping' }),
    kept: { query: volume(IDS.free), row: { status: 'error' } },
  },
  {
    rule: 'volume.migration-unknown',
    also: ['volume.migration-residue'],
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { migration_status: 'floating' }),
    kept: { query: volume(IDS.free), row: { migration_status: 'migrating' } },
  },
  {
    rule: 'volume.transfer-missing',
    object: IDS.free,
    spoil: (cloud) => change(cloud.volumes, IDS.free, { status: 'awaiting-transfer' }),
    kept: { query: volume(IDS.free), row: { status: 'awaiting-transfer' } },
  },
  {
    rule: 'transfer.volume-unknown',
    object: NEW,
    spoil: (cloud) =>
      cloud.transfers.push({ id: NEW, volume_id: IDS.stranger, source_project_id: IDS.project }),
    kept: { query: `imported_documents where kind = 'transfer' and id = '${NEW}'`, row: { id: NEW } },
  },
  {
    rule: 'transfer.project-unknown',
    object: NEW,
    spoil: (cloud) => cloud.transfers.push({ id: NEW, volume_id: IDS.free, source_project_id: 'elsewhere' }),
    kept: { query: `imported_documents where kind = 'transfer' and id = '${NEW}'`, row: { id: NEW } },
  },
  {
    rule: 'snapshot.volume-unknown',
    object: IDS.snapshot,
    spoil: (cloud) => change(cloud.snapshots, IDS.snapshot, { volume_id: IDS.stranger }),
    kept: {
      query: `imported_documents where kind = 'snapshot' and id = '${IDS.snapshot}'`,
      row: { id: IDS.snapshot },
    },
  },
  {
    rule: 'snapshot.in-error',
    object: IDS.snapshot,
    spoil: (cloud) => change(cloud.snapshots, IDS.snapshot, { status: 'error_deleting' }),
    kept: { query: `snapshots`, row: { status: 'error_deleting' } },
  },
  {
    rule: 'snapshot.status-unknown',
    object: IDS.snapshot,
    spoil: (cloud) => change(cloud.snapshots, IDS.snapshot, { status: 'sleeping' }),
    kept: { query: `snapshots`, row: { status: 'error' } },
  },
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

/** These need a database that holds something already; their stories are in import.test.ts. */
const NEED_A_PAST: RuleId[] = ['flavor.id-taken', 'attachment.no-longer-listed'];

/** Thrown to leave a transaction without a trace: one database serves all stories. */
class Undo extends Error {}

interface Outcome {
  report: ImportReport;
  /** @param query what follows `select … from` */
  rowsOf(query: string): Promise<Raw[]>;
}

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await createTestDatabase();
  database = openDatabase(made.url, { max: 1 });
  drop = made.drop;
});

afterAll(async () => {
  await database.close();
  await drop();
});

/** Imports the files, lets the story look at what came of it, and takes it back. */
async function imported(files: JsonFile[], look: (outcome: Outcome) => Promise<void>): Promise<void> {
  const inventory = takeInventory(files);
  const looking = database.orm.transaction(async (orm) => {
    const { report } = await loadInventory(orm, TEST_KEY, inventory);
    await look({
      report,
      rowsOf: async (query) => [...(await orm.execute(sql.raw(`select * from ${query}`)))],
    });
    throw new Undo();
  });
  await expect(looking).rejects.toThrow(Undo);
}

describe('a sound cloud', () => {
  it('breaks no rule, its shelved server with a reserved volume included', async () => {
    await imported(filesOf(soundCloud()), async ({ report }) => {
      expect(report.findings).toEqual([]);
      expect(report.attachments).toEqual({ both: 3, storageOnly: 0, computeOnly: 0 });
    });
  });
});

describe('every invariant', () => {
  it('has its story', () => {
    const told = [...STORIES.map((story) => story.rule), ...NEED_A_PAST].sort();
    expect(told).toEqual(Object.keys(RULES).sort());
  });

  it.each(STORIES)('$rule', async ({ rule, also = [], object, spoil, kept }) => {
    const cloud = soundCloud();
    spoil(cloud);
    const files = filesOf(cloud);
    if (rule === 'document.incomplete') {
      files.push({ file: 'more.json', content: { images: [], next: '/v2/images?marker=1' } });
    }
    await imported(files, async ({ report: { findings }, rowsOf }) => {
      expect(findings.map((each) => each.rule).sort()).toEqual([rule, ...also].sort());
      const finding = findings.find((each) => each.rule === rule);
      expect(finding?.objectId).toEqual(object);
      expect(await rowsOf(`import_findings where rule = '${rule}'`)).toMatchObject([
        { object_id: finding?.objectId, message: finding?.message, kept: finding?.kept },
      ]);
      if (kept !== undefined) expect((await rowsOf(kept.query))[0]).toMatchObject(kept.row);
    });
  });
});
