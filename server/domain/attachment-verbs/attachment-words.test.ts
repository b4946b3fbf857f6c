import { describe, expect, test } from 'vitest';
import { decideVerb, refusalsOfVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { Ask } from '../engine/verb';
import { admin, member } from '../sound-facts';
import { ATTACHMENT_VERBS } from './attachment-verbs';

type Name = keyof typeof ATTACHMENT_VERBS;

const inUse = volumeRecord({ status: 'in-use', attachStatus: 'attached' });
const target = volumeRecord({ id: 'volume-3', name: 'data-3' });
const world = soundWorld({ volume: [inUse, target], attachment: [attachmentRecord()] });
const ON_VOLUME = 'POST /v3/project-1/volumes/volume-1/action';
const ON_DISK = 'PUT /v2.1/servers/server-1/os-volume_attachments/volume-1';
const CURL = 'curl -H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json"';
const connector = { host: 'HOST', initiator: 'INITIATOR' };

function byRequest(body: object): string {
  return `${CURL} -d '${JSON.stringify(body)}' "$VOLUME_ENDPOINT/volumes/volume-1/action"`;
}

describe('the same on a terminal and as a request', () => {
  test.each<[Name, Input, string, string, object | null]>([
    [
      'attachment.create',
      { instanceId: 'server-1', mode: 'ro', connector: { host: 'cmp-9' } },
      'openstack --os-volume-api-version 3.54 volume attachment create --mode ro --connect --initiator INITIATOR --host HOST volume-1 server-1',
      'POST /v3/project-1/attachments',
      { attachment: { volume_uuid: 'volume-1', instance_uuid: 'server-1', mode: 'ro', connector } },
    ],
    [
      'attachment.update',
      {},
      'openstack --os-volume-api-version 3.54 volume attachment set --initiator INITIATOR --host HOST attachment-1',
      'PUT /v3/project-1/attachments/attachment-1',
      { attachment: { connector } },
    ],
    [
      'attachment.complete',
      {},
      'openstack --os-volume-api-version 3.54 volume attachment complete attachment-1',
      'POST /v3/project-1/attachments/attachment-1/action',
      { 'os-complete': {} },
    ],
    [
      'attachment.delete',
      {},
      'openstack --os-volume-api-version 3.54 volume attachment delete attachment-1',
      'DELETE /v3/project-1/attachments/attachment-1',
      null,
    ],
    [
      'attachment.set-delete-on-termination',
      { deleteOnTermination: true },
      'openstack --os-compute-api-version 2.85 server volume update --delete-on-termination server-1 volume-1',
      ON_DISK,
      { volumeAttachment: { volumeId: 'volume-1', delete_on_termination: true } },
    ],
    [
      'attachment.swap',
      { volumeId: 'volume-3' },
      'nova volume-update server-1 volume-1 volume-3',
      ON_DISK,
      { volumeAttachment: { volumeId: 'volume-3' } },
    ],
    [
      'attachment.tell-size',
      {},
      `curl -H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json" -H "OpenStack-API-Version: compute 2.51" -d '{"events":[{"name":"volume-extended","server_uuid":"server-1","tag":"volume-1"}]}' "$COMPUTE_ENDPOINT/os-server-external-events"`,
      'POST /v2.1/os-server-external-events',
      { events: [{ name: 'volume-extended', server_uuid: 'server-1', tag: 'volume-1' }] },
    ],
    ['volume.reserve', {}, byRequest({ 'os-reserve': {} }), ON_VOLUME, { 'os-reserve': {} }],
    [
      'volume.mark-attached',
      { mountpoint: '/dev/vdc', hostName: 'cmp-9' },
      byRequest({ 'os-attach': { mountpoint: '/dev/vdc', host_name: 'cmp-9' } }),
      ON_VOLUME,
      { 'os-attach': { mountpoint: '/dev/vdc', host_name: 'cmp-9' } },
    ],
    [
      'volume.force-detach',
      { attachmentId: 'attachment-1' },
      byRequest({ 'os-force_detach': { attachment_id: 'attachment-1' } }),
      ON_VOLUME,
      { 'os-force_detach': { attachment_id: 'attachment-1' } },
    ],
    [
      'volume.terminate-connection',
      {},
      byRequest({ 'os-terminate_connection': { connector: null } }),
      ON_VOLUME,
      { 'os-terminate_connection': { connector: null } },
    ],
  ])('%s', (name, input, command, request, body) => {
    const verb = ATTACHMENT_VERBS[name];
    const spoken = verb.spoken(ask(world, idOf(name), input));
    expect(spoken.command).toBe(command);
    expect(`${spoken.request.method} ${spoken.request.path}`).toBe(request);
    expect(spoken.request.body).toEqual(body);
  });
});

function idOf(name: Name): string {
  return ATTACHMENT_VERBS[name].noun === 'attachment' ? 'attachment-1' : 'volume-1';
}

describe.each(Object.keys(ATTACHMENT_VERBS) as Name[])(
  '%s, before anybody has filled in anything',
  (name) => {
    test('can be explained', () => {
      const verb = ATTACHMENT_VERBS[name];
      const there: Ask = ask(world, idOf(name), {}, { actor: { ...admin, service: true } });
      const filled: Ask = { ...there, input: { ...verb.initial?.(there) } };
      expect(verb.steps(filled).length).toBeGreaterThan(0);
      expect(verb.warnings?.(filled) ?? []).not.toContain('');
      expect(() => refusalsOfVerb(verb, filled)).not.toThrow();
      expect(() => verb.spoken(filled)).not.toThrow();
    });
  },
);

describe('a form starts with what may be done', () => {
  const refused = (name: Name, rows: Rows) => {
    const verb = ATTACHMENT_VERBS[name];
    const there: Ask = ask(soundWorld(rows), 'volume-1', {}, { actor: member });
    return refusalsOfVerb(verb, { ...there, input: { ...verb.initial?.(there) } }).map((each) => each.rule);
  };

  test('a volume that is taken is reserved once more for who has it', () => {
    expect(refused('attachment.create', { volume: [inUse], attachment: [attachmentRecord()] })).toEqual([]);
  });

  test('a read-only volume is marked as attached read-only', () => {
    expect(refused('volume.mark-attached', { volume: [volumeRecord({ readonly: true })] })).toEqual([]);
  });

  test('of several attachments one that no server has as a disk', () => {
    const shared = volumeRecord({ ...inUse, multiattach: true });
    const disk = attachmentRecord({ multiattach: true });
    const bare = { ...disk, id: 'attachment-2', instanceId: 'elsewhere', serverId: null, bdmId: null };
    expect(
      refused('volume.mark-detached', { volume: [shared], attachment: [disk, { ...bare, device: null }] }),
    ).toEqual([]);
  });
});

test('swapping says what it does, and what may be regretted', () => {
  const verb = ATTACHMENT_VERBS['attachment.swap'];
  const there = ask(world, 'attachment-1', { volumeId: 'volume-3' }, { actor: admin });
  expect(decideVerb(verb, there)).toMatchObject({ allowed: true });
  expect(verb.steps(there)).toEqual([
    'Volume data-1 becomes detaching, and volume data-3 is reserved for server web-1.',
    'The host connects to volume data-3 and moves /dev/vdb over while the guest goes on.',
    'Volume data-3 becomes in-use, and data-1 is let go with the data it has then.',
  ]);
  expect(verb.warnings?.(there)).toEqual(['What is on volume data-3 now is overwritten.']);
});
