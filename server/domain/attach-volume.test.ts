/**
 * Attach as a whole: who may, in which order it is refused, with which words, and what an allowed one writes.
 */
import { describe, expect, it } from 'vitest';
import { type AttachFacts, attachRefusals, decideAttach } from './attach-volume';
import type { AttachMode } from './attachment';
import type { Actor } from './roles';
import {
  admin,
  attachFacts,
  attachment,
  host,
  member,
  offloadedServer,
  otherAttachment,
  reader,
  server,
  storageOnly,
  volume,
} from './sound-facts';
import type { VolumeFacts } from './volume';

function rules(facts: Parameters<typeof attachRefusals>[0]): string[] {
  return attachRefusals(facts).map(({ rule }) => rule);
}

const create = 'policy.os_compute_api:os-volumes-attachments:create';
const reserve = 'policy.volume:attachment_create';
const foreigner: Actor = { ...member, projectId: 'project-2', projectName: 'alt' };

describe('who may attach', () => {
  it.each<[string, Partial<AttachFacts>, string[]]>([
    ['member', { actor: member }, []],
    ['reader', { actor: reader }, [create, reserve]],
    ['nobody in particular', { actor: { ...member, roles: [] } }, [create, reserve]],
    ['member of another project', { actor: foreigner }, [create, reserve]],
    ['member, volume of another project', { volume: volume({ projectId: 'project-2' }) }, [reserve]],
    ['member, server of another project', { server: server({ projectId: 'project-2' }) }, [create]],
    ['administrator of another project', { actor: admin }, []],
    ['administrator, across projects', { actor: admin, volume: volume({ projectId: 'project-2' }) }, []],
  ])('%s', (_, changes, refused) => {
    expect(rules(attachFacts(changes))).toEqual(refused);
  });
});

function request(changes: Partial<AttachFacts['request']> = {}): AttachFacts['request'] {
  return { device: null, mode: null, tag: null, deleteOnTermination: false, ...changes };
}

describe('the order of refusals', () => {
  const nothingRight = attachFacts({
    actor: reader,
    server: server({ lockedBy: 'admin', vmState: 'suspended', taskState: 'resuming', launched: false }),
    host: host({ up: false, supportsMultiattach: false, supportsTagging: false }),
    disks: { rootDeviceName: '/dev/vda', devices: ['/dev/vdb'] },
    limits: { maxDisks: 2, crossZone: false },
    request: request({ device: '/dev/vdb', tag: 'database' }),
    volume: volume({ status: 'error', availabilityZone: 'az-2' }),
    volumeAttachments: [otherAttachment(), storageOnly({ id: 'a-3' })],
  });

  it('is the order in which the API would find them', () => {
    expect(rules(nothingRight)).toEqual([
      create,
      reserve,
      'volume.attach.server-locked',
      'volume.attach.server-state',
      'volume.attach.server-busy',
      'volume.attach.server-never-launched',
      'volume.attach.already-attached',
      'volume.attach.host-down',
      'volume.attach.host-without-tags',
      'volume.attach.too-many-disks',
      'volume.attach.device-taken',
      'volume.attach.other-zone',
      'volume.attach.volume-status',
      'volume.attach.held',
    ]);
  });

  it('a bad device name comes after the server, before the volume', () => {
    const facts = { ...nothingRight, request: request({ device: 'vdb' }) };
    expect(rules(facts).slice(5, 8)).toEqual([
      'volume.attach.server-never-launched',
      'volume.attach.device-invalid',
      'volume.attach.already-attached',
    ]);
  });

  it('of a multiattach volume', () => {
    const facts = {
      ...nothingRight,
      actor: member,
      server: server(),
      volume: volume({ status: 'error', multiattach: true, availabilityZone: 'az-2' }),
      volumeAttachments: [attachment()],
    };
    expect(rules(facts)).toEqual([
      'volume.attach.same-server',
      'volume.attach.host-down',
      'volume.attach.host-without-tags',
      'volume.attach.host-without-multiattach',
      'volume.attach.too-many-disks',
      'volume.attach.device-taken',
      'volume.attach.other-zone',
      'volume.attach.volume-status',
    ]);
  });

  it('of an offloaded server: who holds it, tag, multiattach, and nothing of a host', () => {
    const facts = {
      ...nothingRight,
      actor: member,
      server: offloadedServer(),
      volume: volume({ status: 'error', multiattach: true }),
      volumeAttachments: [attachment()],
      limits: { maxDisks: 1, crossZone: true },
    };
    expect(rules(facts)).toEqual([
      'volume.attach.same-server',
      'volume.attach.offloaded-tag',
      'volume.attach.offloaded-multiattach',
      'volume.attach.volume-status',
    ]);
  });
});

it('what a volume is being copied to is nobody’s to attach', () => {
  const target = attachFacts({ volume: volume({ migrationStatus: 'target:volume-9' }) });
  expect(rules(target)).toEqual(['volume.attach.migration-target']);
  expect(rules(attachFacts({ volume: volume({ migrationStatus: 'migrating' }) }))).toEqual([]);
});

describe('the limit of disks', () => {
  it.each<[number, (string | null)[], string[]]>([
    [-1, ['/dev/vdb', '/dev/vdc'], []],
    [3, ['/dev/vdb'], []],
    [2, ['/dev/vdb'], ['volume.attach.too-many-disks']],
    [1, [], ['volume.attach.too-many-disks']],
    // A disk without a name counts as well.
    [3, ['/dev/vdb', null], ['volume.attach.too-many-disks']],
    [4, ['/dev/vdb', null], []],
  ])('%i with %j', (maxDisks, devices, refused) => {
    const disks = { rootDeviceName: '/dev/vda', devices };
    expect(rules(attachFacts({ limits: { maxDisks, crossZone: true }, disks }))).toEqual(refused);
  });

  it('is asked before the letter, and both after the spelling', () => {
    const facts = attachFacts({
      limits: { maxDisks: 1, crossZone: true },
      request: request({ device: '/dev/sda' }),
    });
    expect(rules(facts)).toEqual(['volume.attach.too-many-disks', 'volume.attach.device-taken']);
    expect(rules({ ...facts, request: request({ device: '/dev/vdb\n' }) })).toEqual([
      'volume.attach.device-invalid',
      'volume.attach.too-many-disks',
    ]);
  });
});

describe('with only some facts', () => {
  it('nothing known, nothing refused', () => {
    expect(rules({})).toEqual([]);
  });

  it('a volume alone is judged by its status, unless it depends on the server', () => {
    expect(rules({ volume: volume({ status: 'error' }) })).toEqual(['volume.attach.volume-status']);
    expect(rules({ volume: volume({ status: 'reserved' }) })).toEqual([]);
    expect(rules({ volume: volume({ status: 'reserved' }), volumeAttachments: [storageOnly()] })).toEqual([]);
    expect(rules({ volume: volume(), volumeAttachments: [otherAttachment()] })).toEqual([
      'volume.attach.already-attached',
    ]);
  });

  it('a server alone is judged by its states', () => {
    expect(rules({ actor: member, server: server({ vmState: 'error', taskState: 'deleting' }) })).toEqual([
      'volume.attach.server-state',
      'volume.attach.server-busy',
    ]);
  });

  it('a host that is not known is not a host that is missing', () => {
    expect(rules({ server: server() })).toEqual([]);
    expect(rules({ server: server(), host: null })).toEqual(['volume.attach.no-host']);
  });
});

describe('the mode', () => {
  it.each<[boolean, AttachMode | null, AttachMode]>([
    [false, null, 'rw'],
    [false, 'rw', 'rw'],
    [false, 'ro', 'ro'],
    // An operator's read-only flag beats the request.
    [true, null, 'ro'],
    [true, 'rw', 'ro'],
    [true, 'ro', 'ro'],
  ])('volume read-only: %s, asked for %s', (readonly, mode, given) => {
    const facts = attachFacts({ volume: volume({ readonly }), request: request({ mode }) });
    const offloaded = { ...facts, server: offloadedServer(), host: null };
    for (const each of [facts, offloaded]) expect(effectsOf(each).mode).toBe(given);
  });
});

function effectsOf(facts: AttachFacts) {
  const decision = decideAttach(facts);
  if (!decision.allowed) throw new Error(decision.refusals[0].message);
  return decision.effects;
}

describe('what an attach writes', () => {
  it.each<[string, Partial<VolumeFacts>, AttachFacts['volumeAttachments'], object]>([
    ['an available volume is reserved', {}, [], { status: 'reserved' }],
    ['so is one whose image still comes', { status: 'downloading' }, [], { status: 'reserved' }],
    [
      'so is a multiattach volume that others have',
      { status: 'in-use', attachStatus: 'attached', multiattach: true },
      [otherAttachment()],
      { status: 'reserved' },
    ],
    [
      'one that is reserved for this server keeps its states',
      { status: 'reserved' },
      [storageOnly({ instanceId: 'server-1' })],
      {},
    ],
  ])('%s', (_, state, volumeAttachments, written) => {
    const disks = { rootDeviceName: '/dev/vda', devices: ['/dev/vdb'] };
    expect(effectsOf(attachFacts({ volume: volume(state), volumeAttachments, disks }))).toEqual({
      via: 'host',
      device: '/dev/vdc',
      mode: 'rw',
      attachStatus: 'reserved',
      volume: written,
    });
  });

  it('on an offloaded server it is complete at once, without the device that was asked for', () => {
    const facts = attachFacts({
      server: offloadedServer(),
      host: null,
      request: request({ device: '/dev/vdq' }),
    });
    expect(effectsOf(facts)).toEqual({
      via: 'offloaded',
      device: null,
      mode: 'rw',
      attachStatus: 'attached',
      volume: { status: 'in-use', attachStatus: 'attached' },
    });
  });
});
