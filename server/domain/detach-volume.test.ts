/**
 * Detach: who may, in which states, in which order it is refused, and what an allowed one writes.
 */
import { describe, expect, it } from 'vitest';
import type { AttachmentFacts } from './attachment';
import { type DetachFacts, decideDetach, detachAnywhereRefusals, detachRefusals } from './detach-volume';
import { type LockHolder, TASK_STATES, type VmState } from './server';
import { sevenStates } from './seven-states';
import {
  admin,
  attachment,
  detachFacts,
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

function rules(facts: Parameters<typeof detachRefusals>[0]): string[] {
  return detachRefusals(facts).map(({ rule }) => rule);
}

const wrongState = 'volume.detach.server-state';
const busy = 'volume.detach.server-busy';
const root = 'volume.detach.root-device';

const VM_STATES = sevenStates(wrongState, busy);

const rootDisk = attachment({
  computeSide: { device: '/dev/vda', bootIndex: 0, deleteOnTermination: false },
});

describe('detach and the state of the server', () => {
  it.each(Object.entries(VM_STATES))('%s', (vmState, { idle, withTask }) => {
    const facts = { vmState: vmState as VmState };
    expect(rules(detachFacts({ server: server(facts) }))).toEqual(idle);
    const working = server({ ...facts, taskState: 'image_snapshot' });
    expect(rules(detachFacts({ server: working }))).toEqual(withTask);
  });

  it.each(Object.keys(VM_STATES))(
    'never the root of a server that is %s, and that is said first',
    (vmState) => {
      const facts = detachFacts({ server: server({ vmState: vmState as VmState }), attachment: rootDisk });
      expect(rules(facts)[0]).toBe(root);
    },
  );

  it.each(TASK_STATES)('no detach while %s', (taskState) => {
    expect(rules(detachFacts({ server: server({ taskState }) }))).toEqual([busy]);
  });

  it.each<[LockHolder | null, DetachFacts['actor'], string[]]>([
    [null, member, []],
    ['owner', member, ['volume.detach.server-locked']],
    ['owner', admin, []],
    ['admin', member, ['volume.detach.server-locked']],
    ['admin', admin, []],
  ])('locked by %s, asked by $userName', (lockedBy, actor, refused) => {
    expect(rules(detachFacts({ server: server({ lockedBy }), actor }))).toEqual(refused);
  });

  it.each<[string, Partial<DetachFacts>, string[]]>([
    ['has never run', { server: server({ launched: false }) }, ['volume.detach.server-never-launched']],
    ['is on a host that is down', { host: host({ up: false }) }, ['volume.detach.host-down']],
    ['has no host', { server: server({ host: null }), host: null }, ['volume.detach.no-host']],
    ['is on a host nobody knows', { host: null }, ['volume.detach.no-host']],
    ['has no host and needs none', { server: offloadedServer(), host: null }, []],
  ])('%s', (_, changes, refused) => {
    expect(rules(detachFacts(changes))).toEqual(refused);
  });
});

describe('who may detach', () => {
  const own = 'policy.os_compute_api:os-volumes-attachments:delete';
  const release = 'policy.volume:attachment_delete';

  it.each<[string, Partial<DetachFacts>, string[]]>([
    ['member', { actor: member }, []],
    ['reader', { actor: reader }, [own, release]],
    ['member, volume of another project', { volume: inUse({ projectId: 'project-2' }) }, [release]],
    ['member of another project', { actor: { ...member, projectId: 'project-2' } }, [own, release]],
    ['administrator of another project', { actor: admin }, []],
  ])('%s', (_, changes, refused) => {
    expect(rules(detachFacts(changes))).toEqual(refused);
  });
});

function inUse(changes: Partial<VolumeFacts> = {}): VolumeFacts {
  return volume({ status: 'in-use', attachStatus: 'attached', ...changes });
}

const wrongStatus = 'volume.detach.volume-status';

describe('the order of refusals', () => {
  const nothingRight = detachFacts({
    actor: reader,
    server: server({ lockedBy: 'owner', vmState: 'error', taskState: 'deleting', launched: false }),
    host: host({ up: false }),
    attachment: rootDisk,
    volume: volume({ status: 'error' }),
  });

  it('is the order in which the API would find them', () => {
    expect(rules(nothingRight)).toEqual([
      'policy.os_compute_api:os-volumes-attachments:delete',
      'policy.volume:attachment_delete',
      root,
      'volume.detach.server-locked',
      wrongState,
      busy,
      'volume.detach.server-never-launched',
      'volume.detach.host-down',
      wrongStatus,
    ]);
  });

  it('what is not attached is not found, before lock and states', () => {
    const facts = { ...nothingRight, actor: member, attachment: null, volumeAttachments: [] };
    expect(rules(facts).slice(0, 2)).toEqual(['volume.detach.not-attached', 'volume.detach.server-locked']);
  });

  it('with only some facts, only what they say', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ actor: member, server: server({ vmState: 'rescued' }) })).toEqual([wrongState]);
    expect(rules({ actor: member, server: server(), volume: volume() })).toEqual([wrongStatus]);
  });
});

describe('what a detach writes', () => {
  it('on a host: the mark, and nothing else before the guest has let go', () => {
    expect(decideDetach(detachFacts())).toEqual({
      allowed: true,
      effects: { via: 'host', attachmentId: 'attachment-1', volume: { status: 'detaching' } },
    });
  });

  const gone = { status: 'available', attachStatus: 'detached' };

  it.each<[string, Partial<VolumeFacts>, AttachmentFacts[], object]>([
    ['nobody else has it', {}, [], gone],
    ['another server has it', {}, [otherAttachment()], { status: 'in-use', attachStatus: 'attached' }],
    ['another reserved it', {}, [storageOnly()], { status: 'reserved', attachStatus: 'reserved' }],
    ['another failed with it', {}, [otherAttachment({ attachStatus: 'error_detaching' })], gone],
    ['it was merely reserved', { status: 'reserved' }, [], gone],
    ['a migration owns the status', { migrationStatus: 'migrating' }, [], { ...gone, status: 'in-use' }],
    ['an upload owns the status', { status: 'uploading' }, [], { ...gone, status: 'uploading' }],
  ])('on an offloaded server: %s', (_, state, others, after) => {
    const facts = detachFacts({
      server: offloadedServer(),
      host: null,
      volume: inUse(state),
      volumeAttachments: [attachment(), ...others],
    });
    expect(decideDetach(facts)).toEqual({
      allowed: true,
      effects: { via: 'offloaded', attachmentId: 'attachment-1', volume: after },
    });
  });
});

describe('a detach from whichever server', () => {
  const inUse = volume({ status: 'in-use', attachStatus: 'attached' });
  const on = (changes: Parameters<typeof server>[0]) => ({
    server: server(changes),
    host: host(),
    attachment: attachment(),
  });
  const rulesOf = (holders: Parameters<typeof detachAnywhereRefusals>[1]) =>
    detachAnywhereRefusals({ actor: member, volume: inUse }, holders).map(({ rule }) => rule);

  it('needs a server that has it', () => {
    expect(rulesOf([])).toEqual(['volume.detach.on-no-server']);
  });

  it('is refused for what its only server says', () => {
    expect(rulesOf([on({ vmState: 'rescued' })])).toEqual([wrongState]);
  });

  it('is possible as soon as one of several lets it go', () => {
    expect(rulesOf([on({ vmState: 'rescued' }), on({ id: 'server-2' })])).toEqual([]);
  });
});
