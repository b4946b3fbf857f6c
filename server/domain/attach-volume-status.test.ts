/**
 * Attach: what the volume and those who hold it have to say.
 */
import { describe, expect, it } from 'vitest';
import { type AttachFacts, attachRefusals } from './attach-volume';
import type { AttachmentFacts } from './attachment';
import {
  attachFacts,
  attachment,
  offloadedServer,
  otherAttachment,
  server,
  storageOnly,
  volume,
} from './sound-facts';
import type { VolumeFacts, VolumeStatus } from './volume';

function rules(changes: Partial<AttachFacts>): string[] {
  return attachRefusals(attachFacts(changes)).map(({ rule }) => rule);
}

const yes = true;
const no = false;

/** Whether a volume that nobody holds may be reserved: single, multiattach (row POST attachments of Cinder's matrix). */
const STATUSES: Record<VolumeStatus, [boolean, boolean]> = {
  creating: [no, no],
  available: [yes, yes],
  reserved: [no, no],
  attaching: [no, no],
  'in-use': [no, yes],
  detaching: [no, no],
  maintenance: [no, no],
  deleting: [no, no],
  error: [no, no],
  error_deleting: [no, no],
  error_extending: [no, no],
  error_restoring: [no, no],
  'error_backing-up': [no, no],
  error_managing: [no, no],
  managing: [no, no],
  'restoring-backup': [no, no],
  'backing-up': [no, no],
  'awaiting-transfer': [no, no],
  downloading: [yes, yes],
  uploading: [no, no],
  retyping: [no, no],
  extending: [no, no],
  reverting: [no, no],
  unmanaging: [no, no],
  error_unmanaging: [no, no],
  error_managing_deleting: [no, no],
  deleted: [no, no],
};

describe('attach and the status of the volume', () => {
  it.each(Object.entries(STATUSES))('%s', (status, [single, multiattach]) => {
    const state = { status: status as VolumeStatus };
    const refused = ['volume.attach.volume-status'];
    expect(rules({ volume: volume(state) })).toEqual(single ? [] : refused);
    expect(rules({ volume: volume({ ...state, multiattach: true }) })).toEqual(multiattach ? [] : refused);
  });

  it('names the status it has and those it needs', () => {
    const [single] = attachRefusals(attachFacts({ volume: volume({ status: 'extending' }) }));
    expect(single?.message).toBe('Volume data-1 is extending; attaching needs available or downloading.');
    const several = attachFacts({ volume: volume({ status: 'reserved', multiattach: true }) });
    expect(attachRefusals(several)[0]?.message).toBe(
      'Volume data-1 is reserved; attaching needs available or in-use or downloading.',
    );
  });
});

const taken = 'volume.attach.already-attached';
const held = 'volume.attach.held';
const wrongStatus = 'volume.attach.volume-status';

const inUse = { status: 'in-use', attachStatus: 'attached' } as const;
const reserved = { status: 'reserved' } as const;

/** Who holds the volume, seen from `web-1`. */
const HOLDERS: [string, Partial<VolumeFacts>, AttachmentFacts[], string[]][] = [
  // The compute side counts, whatever an operator has made of the volume's status.
  ['another server', inUse, [otherAttachment()], [taken, wrongStatus]],
  ['another server, status reset to available', {}, [otherAttachment()], [taken]],
  ['another server, known to the compute side only', {}, [otherAttachment({ attachStatus: null })], [taken]],
  [
    'another server, in error',
    { status: 'error' },
    [otherAttachment({ attachStatus: 'error_detaching' })],
    [taken, wrongStatus],
  ],
  // The server that holds it already: it may reserve again by status, but two disks of one volume it may not have.
  ['the same server', inUse, [attachment()], ['volume.attach.same-server']],
  ['the same server, status reset to available', {}, [attachment()], ['volume.attach.same-server']],

  // Only the storage side knows: a reservation through the Block Storage API, a foreign instance, a host.
  ['a reservation of another instance', reserved, [storageOnly()], [wrongStatus, held]],
  ['a reservation of another instance, status reset', {}, [storageOnly()], [held]],
  [
    'a reservation of nobody',
    reserved,
    [storageOnly({ instanceId: null, instanceName: null })],
    [wrongStatus, held],
  ],
  ['a reservation of this server', reserved, [storageOnly({ instanceId: 'server-1' })], []],
  ['this server, in-use', inUse, [storageOnly({ instanceId: 'server-1', attachStatus: 'attached' })], []],
  [
    'this server, but being attached right now',
    { status: 'attaching', attachStatus: 'attaching' },
    [storageOnly({ instanceId: 'server-1', attachStatus: 'attaching' })],
    [wrongStatus],
  ],
  ['nobody, though it says in-use', inUse, [], [wrongStatus]],
];

describe('attach of a volume that somebody holds', () => {
  it.each(HOLDERS)('%s', (_, state, volumeAttachments, refused) => {
    expect(rules({ volume: volume(state), volumeAttachments })).toEqual(refused);
  });
});

const sameServer = 'volume.attach.same-server';

const MULTIATTACH_HOLDERS: [string, Partial<VolumeFacts>, AttachmentFacts[], string[]][] = [
  ['another server', inUse, [otherAttachment()], []],
  [
    'two other servers',
    inUse,
    [otherAttachment(), otherAttachment({ id: 'a-3', instanceId: 'server-3' })],
    [],
  ],
  ['the same server', inUse, [attachment()], [sameServer]],
  ['the same server and another', inUse, [attachment(), otherAttachment()], [sameServer]],
  ['the same server, status reset to available', {}, [attachment()], [sameServer]],
  [
    'another server that is attaching it',
    { status: 'attaching' },
    [otherAttachment({ attachStatus: 'attaching' })],
    [wrongStatus],
  ],
  ['another server that is letting it go', { status: 'detaching' }, [otherAttachment()], [wrongStatus]],
  ['a reservation of another instance', reserved, [storageOnly()], [wrongStatus]],
  ['a reservation of this server', reserved, [storageOnly({ instanceId: 'server-1' })], []],
];

describe('attach of a multiattach volume that somebody holds', () => {
  it.each(MULTIATTACH_HOLDERS)('%s', (_, state, volumeAttachments, refused) => {
    expect(rules({ volume: volume({ ...state, multiattach: true }), volumeAttachments })).toEqual(refused);
  });
});

describe('attach across zones', () => {
  const far = volume({ availabilityZone: 'az-2' });
  const withinZone = { maxDisks: -1, crossZone: false };
  const acrossZones = { maxDisks: -1, crossZone: true };

  it.each<[string, Partial<AttachFacts>, string[]]>([
    ['other zone, allowed', { volume: far, limits: acrossZones }, []],
    ['other zone, not allowed', { volume: far, limits: withinZone }, ['volume.attach.other-zone']],
    ['same zone', { limits: withinZone }, []],
    [
      'other zone than an offloaded server was in',
      { server: offloadedServer(), host: null, volume: far, limits: withinZone },
      ['volume.attach.other-zone'],
    ],
    [
      'both in that zone',
      { server: server({ availabilityZone: 'az-2' }), volume: far, limits: withinZone },
      [],
    ],
  ])('%s', (_, changes, refused) => {
    expect(rules(changes)).toEqual(refused);
  });
});
