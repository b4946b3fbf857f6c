/**
 * Attachments whose sides do not fit, or that nobody knows.
 */
import { expect } from 'vitest';
import {
  attachmentDocument,
  change,
  diskDocument,
  IDS,
  remove,
  reservationDocument,
} from '../test-documents';
import { attachment, NEW, type Story, volume } from './story';

export const ATTACHMENT_STORIES: readonly Story[] = [
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
];
