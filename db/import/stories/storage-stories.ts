/**
 * Volumes and snapshots that are not what they say.
 */
import { attachmentDocument, change, diskDocument, IDS, reservationDocument } from '../test-documents';
import { attachment, NEW, type Story, volume } from './story';

export const STORAGE_STORIES: readonly Story[] = [
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
];
