/**
 * Whatever is sent about the disks of a server, what was done to it and the volumes behind it: never a server error.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAttachment } from '~/db/factories';
import { openRestCloud, type RestCloud } from '~/server/testing/rest';

let cloud: RestCloud;
let serverId: string;
let volumeId: string;
beforeAll(async () => {
  cloud = await openRestCloud({ idle: true });
  serverId = (await cloud.newServer()).id;
  const volume = await cloud.newVolume();
  volumeId = volume.id;
  await makeAttachment(cloud.runtime.database, volume, { serverId, device: '/dev/vdb' });
});
afterAll(() => cloud.close());

const NUL = String.fromCharCode(0);
const LONE = String.fromCharCode(0xd800);
const TEXTS = [
  '',
  ' ',
  '%',
  '%00',
  '%zz',
  "' or 1=1",
  '-1',
  '1e400',
  '..',
  'a'.repeat(5000),
  '💾',
  '2147483648',
  '{}',
];
const VALUES: unknown[] = [
  ...TEXTS,
  NUL,
  LONE,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  [],
  [[[]]],
  {},
  { toString: 1 },
  { __proto__: null, constructor: { prototype: 1 } },
];

async function statusesOf(
  asked: readonly [string, string, unknown?][],
  microversions = ['2.1', '2.35', '2.93'],
) {
  const wrong: unknown[] = [];
  for (const [method, path, body] of asked) {
    for (const microversion of microversions) {
      const { status } = await cloud.ask('admin', method, path, body, { microversion });
      if (status >= 500) wrong.push([method, path.slice(0, 200), body, microversion, status]);
    }
  }
  return wrong;
}

it('in a path or a query', async () => {
  const safe = TEXTS.filter((text) => text !== '..').map((text) =>
    text.startsWith('%') ? text : encodeURIComponent(text),
  );
  const paths = safe.flatMap((odd) => [
    `/servers/${odd}/os-volume_attachments`,
    `/servers/${serverId}/os-volume_attachments/${odd}`,
    `/servers/${serverId}/os-volume_attachments?limit=${odd}&offset=${odd}&${odd}=${odd}`,
    `/servers/${odd}/os-instance-actions`,
    `/servers/${serverId}/os-instance-actions/${odd}`,
    `/servers/${serverId}/os-instance-actions?marker=${odd}`,
    `/servers/${serverId}/os-instance-actions?limit=${odd}`,
    `/servers/${serverId}/os-instance-actions?changes-since=${odd}`,
    `/os-volumes/${odd}`,
    `/os-volumes?limit=${odd}`,
    `/os-snapshots/detail?offset=${odd}`,
    `/versions/${odd}`,
    `/${odd}`,
  ]);
  const asked = paths.map((path): [string, string] => ['GET', `/compute/v2.1${path}`]);
  expect(await statusesOf(asked)).toEqual([]);
  const deleted = safe.flatMap((odd): [string, string][] => [
    ['DELETE', `/compute/v2.1/servers/${odd}/os-volume_attachments/${volumeId}`],
    ['DELETE', `/compute/v2.1/servers/${serverId}/os-volume_attachments/${odd}`],
    ['DELETE', `/compute/v2.1/os-volumes/${odd}`],
    ['DELETE', `/compute/v2.1/os-snapshots/${odd}`],
  ]);
  expect(await statusesOf(deleted, ['2.1'])).toEqual([]);
});

it('in a body', async () => {
  const disks = `/compute/v2.1/servers/${serverId}/os-volume_attachments`;
  const asked = VALUES.flatMap((odd): [string, string, unknown][] => [
    ['POST', disks, odd],
    ['POST', disks, { volumeAttachment: odd }],
    ['POST', disks, { volumeAttachment: { volumeId: odd } }],
    ['POST', disks, { volumeAttachment: { volumeId, device: odd, tag: odd, delete_on_termination: odd } }],
    ['POST', disks, { volumeAttachment: { volumeId, tag: odd } }],
    ['PUT', `${disks}/${volumeId}`, { volumeAttachment: { volumeId: odd } }],
    ['PUT', `${disks}/${volumeId}`, { volumeAttachment: { volumeId, device: odd } }],
    ['PUT', `${disks}/${volumeId}`, { volumeAttachment: { volumeId, tag: odd } }],
    ['POST', '/compute/v2.1/os-server-external-events', { events: odd }],
    ['POST', '/compute/v2.1/os-server-external-events', { events: [odd] }],
    [
      'POST',
      '/compute/v2.1/os-server-external-events',
      { events: [{ name: 'volume-extended', server_uuid: serverId, tag: odd }] },
    ],
    ['POST', '/compute/v2.1/os-volumes', { volume: { size: odd } }],
    ['POST', '/compute/v2.1/os-volumes', { volume: { size: 1, display_name: odd } }],
    ['POST', '/compute/v2.1/os-volumes', { volume: { size: 1, volume_type: odd } }],
    ['POST', '/compute/v2.1/os-volumes', { volume: { size: 1, snapshot_id: odd } }],
    ['POST', '/compute/v2.1/os-volumes', { volume: { size: 1, availability_zone: odd } }],
    [
      'POST',
      '/compute/v2.1/os-volumes',
      { volume: { size: 1, metadata: { [typeof odd === 'string' ? odd : 'key']: odd } } },
    ],
    ['POST', '/compute/v2.1/os-snapshots', { snapshot: { volume_id: odd } }],
    [
      'POST',
      '/compute/v2.1/os-snapshots',
      { snapshot: { volume_id: volumeId, display_name: odd, force: true } },
    ],
  ]);
  expect(await statusesOf(asked, ['2.1', '2.93'])).toEqual([]);
});
