import { describe, expect, test } from 'vitest';
import type { Input } from '../engine/fields';
import { ask, attachmentRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import { VOLUME_ACTION_VERBS } from './volume-actions';

type Name = keyof typeof VOLUME_ACTION_VERBS;
const ACTION = 'POST /v3/project-1/volumes/volume-1/action';

describe('the same on a terminal and as a request', () => {
  test.each<[Name, Input, string, string, unknown]>([
    [
      'volume.extend',
      { sizeGib: 20 },
      'openstack volume set --size 20 volume-1',
      ACTION,
      { 'os-extend': { new_size: 20 } },
    ],
    [
      'volume.complete-extend',
      { error: true },
      `curl -H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json" -H "OpenStack-API-Version: volume 3.71" -d '{"os-extend_volume_completion":{"error":true}}' "$VOLUME_ENDPOINT/volumes/volume-1/action"`,
      ACTION,
      { 'os-extend_volume_completion': { error: true } },
    ],
    [
      'volume.reset-status',
      { status: 'error', attachStatus: 'detached', migrationStatus: 'none' },
      'cinder reset-state --state error --attach-status detached --reset-migration-status volume-1',
      ACTION,
      { 'os-reset_status': { status: 'error', attach_status: 'detached', migration_status: 'none' } },
    ],
    [
      'volume.revert',
      { snapshotId: 'snapshot-1' },
      'openstack --os-volume-api-version 3.40 volume revert snapshot-1',
      ACTION,
      { revert: { snapshot_id: 'snapshot-1' } },
    ],
    [
      'volume.set-metadata',
      { metadata: { purpose: "db's data" } },
      `openstack volume set --property 'purpose=db'\\''s data' volume-1`,
      'POST /v3/project-1/volumes/volume-1/metadata',
      { metadata: { purpose: "db's data" } },
    ],
    [
      'volume.set-metadata',
      { metadata: { a: 'b' }, replace: true },
      'openstack volume set --no-property --property a=b volume-1',
      'PUT /v3/project-1/volumes/volume-1/metadata',
      { metadata: { a: 'b' } },
    ],
    [
      'volume.unset-metadata',
      { names: ['a b'] },
      "openstack volume unset --property 'a b' volume-1",
      'DELETE /v3/project-1/volumes/volume-1/metadata/a%20b',
      null,
    ],
    [
      'volume.set-image-metadata',
      { metadata: { os_type: 'linux' } },
      'openstack volume set --image-property os_type=linux volume-1',
      ACTION,
      { 'os-set_image_metadata': { metadata: { os_type: 'linux' } } },
    ],
    [
      'volume.unset-image-metadata',
      { names: ['os_type'] },
      'openstack volume unset --image-property os_type volume-1',
      ACTION,
      { 'os-unset_image_metadata': { key: 'os_type' } },
    ],
    ['volume.unmanage', {}, 'openstack volume delete --remote volume-1', ACTION, { 'os-unmanage': {} }],
    [
      'volume.update',
      { name: 'db', description: '' },
      "openstack volume set --name db --description '' volume-1",
      'PUT /v3/project-1/volumes/volume-1',
      { volume: { name: 'db', description: '' } },
    ],
    [
      'volume.set-bootable',
      { bootable: false },
      'openstack volume set --non-bootable volume-1',
      ACTION,
      { 'os-set_bootable': { bootable: false } },
    ],
    [
      'volume.set-readonly',
      { readonly: true },
      'openstack volume set --read-only volume-1',
      ACTION,
      { 'os-update_readonly_flag': { readonly: true } },
    ],
    [
      'volume.upload-to-image',
      { imageName: 'golden', visibility: 'shared', protected: true },
      'openstack image create --volume volume-1 --disk-format raw --container-format bare --shared --protected golden',
      ACTION,
      {
        'os-volume_upload_image': {
          image_name: 'golden',
          force: false,
          disk_format: 'raw',
          container_format: 'bare',
          visibility: 'shared',
          protected: true,
        },
      },
    ],
    [
      'volume.reimage',
      { imageId: 'image-1', reimageReserved: true },
      'cinder --os-volume-api-version 3.68 reimage --reimage-reserved True volume-1 image-1',
      ACTION,
      { 'os-reimage': { image_id: 'image-1', reimage_reserved: true } },
    ],
  ])('%s %j', (name, input, command, line, body) => {
    const spoken = VOLUME_ACTION_VERBS[name].spoken(ask(soundWorld(), 'volume-1', input));
    expect(spoken.command).toBe(command);
    expect(`${spoken.request.method} ${spoken.request.path}`).toBe(line);
    expect(spoken.request.body).toEqual(body);
  });

  test('an attached volume is extended from version 3.42 on', () => {
    const world = soundWorld({ volume: [volumeRecord({ status: 'in-use' })] });
    const { command } = VOLUME_ACTION_VERBS['volume.extend'].spoken(ask(world, 'volume-1', { sizeGib: 20 }));
    expect(command).toBe('openstack --os-volume-api-version 3.42 volume set --size 20 volume-1');
  });
});

describe('an empty form', () => {
  test.each(Object.keys(VOLUME_ACTION_VERBS) as Name[])(
    '%s says what it would do, in whole sentences',
    (name) => {
      const world = soundWorld({
        volume: [volumeRecord({ status: 'in-use' })],
        attachment: [attachmentRecord()],
      });
      const verb = VOLUME_ACTION_VERBS[name];
      const empty = ask(world, 'volume-1');
      const sentences = [...verb.steps(empty), ...(verb.warnings?.(empty) ?? [])];
      expect(sentences.length).toBeGreaterThan(0);
      for (const each of sentences) {
        expect(each).toMatch(/^[A-Z].*\.$/);
        expect(each).not.toContain('undefined');
      }
      expect(verb.spoken(empty).command).not.toContain('undefined');
    },
  );
});
