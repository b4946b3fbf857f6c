/**
 * Attach: what the server, its lock and its host have to say.
 */
import { describe, expect, it } from 'vitest';
import { type AttachFacts, attachRefusals } from './attach-volume';
import type { Actor } from './roles';
import { type LockHolder, TASK_STATES, type VmState } from './server';
import { sevenStates } from './seven-states';
import { admin, attachFacts, host, member, offloadedServer, server, volume } from './sound-facts';

function rules(changes: Partial<AttachFacts>): string[] {
  return attachRefusals(attachFacts(changes)).map(({ rule }) => rule);
}

const wrongState = 'volume.attach.server-state';
const busy = 'volume.attach.server-busy';

const VM_STATES = sevenStates(wrongState, busy);

describe('attach and the state of the server', () => {
  it.each(Object.entries(VM_STATES))('%s', (vmState, { idle, withTask }) => {
    const facts = { vmState: vmState as VmState };
    expect(rules({ server: server(facts) })).toEqual(idle);
    expect(rules({ server: server({ ...facts, taskState: 'rebooting' }) })).toEqual(withTask);
  });

  it.each(TASK_STATES)('no attach while %s', (taskState) => {
    expect(rules({ server: server({ taskState }) })).toEqual([busy]);
  });

  it('not before the guest has run once', () => {
    expect(rules({ server: server({ launched: false }) })).toEqual(['volume.attach.server-never-launched']);
  });
});

const LOCKS: [LockHolder | null, Actor, string[]][] = [
  [null, member, []],
  [null, admin, []],
  ['owner', member, ['volume.attach.server-locked']],
  ['owner', admin, []],
  ['admin', member, ['volume.attach.server-locked']],
  ['admin', admin, []],
];

describe('attach and the lock of the server', () => {
  it.each(LOCKS)('locked by %s, asked by $userName', (lockedBy, actor, refused) => {
    expect(rules({ server: server({ lockedBy }), actor })).toEqual(refused);
  });
});

const multiattach = volume({ multiattach: true });
const tagged = { device: null, mode: null, tag: 'database', deleteOnTermination: false };

const HOSTS: [string, Partial<AttachFacts>, string[]][] = [
  ['up', { host: host() }, []],
  ['down', { host: host({ up: false }) }, ['volume.attach.host-down']],
  ['not known', { host: null }, ['volume.attach.no-host']],
  ['none', { server: server({ host: null }), host: null }, ['volume.attach.no-host']],
  ['none, none needed', { server: offloadedServer(), host: null }, []],
  ['down, but none needed', { server: offloadedServer(), host: host({ up: false }) }, []],
  ['with multiattach, multiattach volume', { volume: multiattach }, []],
  [
    'without multiattach, multiattach volume',
    { host: host({ supportsMultiattach: false }), volume: multiattach },
    ['volume.attach.host-without-multiattach'],
  ],
  ['without multiattach, ordinary volume', { host: host({ supportsMultiattach: false }) }, []],
  ['with tags, tag wanted', { request: tagged }, []],
  [
    'without tags, tag wanted',
    { host: host({ supportsTagging: false }), request: tagged },
    ['volume.attach.host-without-tags'],
  ],
  ['without tags, none wanted', { host: host({ supportsTagging: false }) }, []],
];

describe('attach and the host of the server', () => {
  it.each(HOSTS)('%s', (_, changes, refused) => {
    expect(rules(changes)).toEqual(refused);
  });

  it('a missing capability is a conflict with this host for multiattach, a bad request for a tag', () => {
    const poor = host({ supportsMultiattach: false, supportsTagging: false });
    const codes = attachRefusals(attachFacts({ host: poor, volume: multiattach, request: tagged }));
    expect(codes.map(({ rule, code }) => [rule, code])).toEqual([
      ['volume.attach.host-without-tags', 'invalid'],
      ['volume.attach.host-without-multiattach', 'conflict'],
    ]);
  });
});

describe('attach to a shelved-offloaded server', () => {
  const shelved = { server: offloadedServer(), host: null };

  it.each<[string, Partial<AttachFacts>, string[]]>([
    ['an ordinary volume', {}, []],
    ['a tag', { request: tagged }, ['volume.attach.offloaded-tag']],
    ['a multiattach volume', { volume: multiattach }, ['volume.attach.offloaded-multiattach']],
    [
      'both',
      { volume: multiattach, request: tagged },
      ['volume.attach.offloaded-tag', 'volume.attach.offloaded-multiattach'],
    ],
  ])('%s', (_, changes, refused) => {
    expect(rules({ ...shelved, ...changes })).toEqual(refused);
  });

  it('asks neither for the limit of disks nor for the letter, since it names none yet', () => {
    const crowded = { rootDeviceName: '/dev/vda', devices: ['/dev/vdb'] };
    const request = { device: '/dev/vdb', mode: null, tag: null, deleteOnTermination: false };
    const limits = { maxDisks: 1, crossZone: true };
    expect(rules({ ...shelved, disks: crowded, request, limits })).toEqual([]);
  });
});
