/**
 * The state table of the Compute API, by hand from the specification: action × vm_state, with no task and no lock; then
 * tasks, locks, and servers that have never run.
 */
import { describe, expect, it } from 'vitest';
import { refusalsOfVerb } from '../engine/decide';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, serverRecord, soundWorld } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { ServerRecord } from '../engine/world';
import { VM_STATES, type VmState } from '../server';
import { admin, host, member, reader } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

type Name = Exclude<keyof typeof SERVER_LIFE_VERBS, 'server.create' | 'server.update'>;

const former: ServerRecord['former'] = {
  vmState: 'active',
  flavorId: '1',
  flavor: serverRecord().flavor,
  host: 'cmp-2',
};

function rules(name: Name, changes: Partial<ServerRecord>, actor = admin): string[] {
  const world = soundWorld({
    server: [serverRecord({ former: changes.vmState === 'resized' ? former : null, ...changes })],
    host: [host(), host({ name: 'cmp-2' })],
  });
  const verb: AnyVerb = SERVER_LIFE_VERBS[name];
  const input = name === 'server.resize' ? { flavor: '2' } : {};
  return refusalsOfVerb(verb, ask(world, 'server-1', input, { actor })).map(({ rule }) => rule);
}

const EVERY: readonly VmState[] = VM_STATES;

/** States in which each is accepted; 409 in every other. */
const ACCEPTED: Record<Name, readonly VmState[]> = {
  'server.delete': EVERY,
  'server.force-delete': EVERY,
  'server.soft-delete': EVERY,
  'server.restore': ['soft-delete'],
  'server.shelve': ['active', 'stopped', 'paused', 'suspended'],
  'server.shelve-offload': ['shelved'],
  'server.unshelve': ['shelved', 'shelved_offloaded'],
  'server.resize': ['active', 'stopped'],
  'server.confirm-resize': ['resized'],
  'server.revert-resize': ['resized'],
};
const NAMES = Object.keys(ACCEPTED) as Name[];

const CASES = NAMES.flatMap((name) =>
  VM_STATES.map((vmState) => [name, vmState, ACCEPTED[name].includes(vmState)] as const),
);

describe('the state of the server', () => {
  it.each(CASES)('%s of a server that is %s: %s', (name, vmState, accepted) => {
    const away = vmState === 'shelved_offloaded' ? { host: null } : {};
    expect(rules(name, { vmState, ...away })).toEqual(accepted ? [] : [`${name}.server-state`]);
  });
});

/** A state each may start from, so that it is the task that speaks against it. */
const BUSY = NAMES.flatMap((name) =>
  (['deleting', 'rebooting', 'spawning', 'resize_migrating', 'shelving_offloading'] as const).map(
    (taskState) => [name, ACCEPTED[name][0] ?? 'active', taskState] as const,
  ),
);

describe('the task', () => {
  it.each(BUSY)('%s of a server that is %s while %s', (name, vmState, taskState) => {
    const through = ['server.delete', 'server.force-delete', 'server.soft-delete'].includes(name);
    expect(rules(name, { vmState, taskState })).toEqual(through ? [] : [`${name}.server-busy`]);
  });
});

describe('the lock', () => {
  it.each(NAMES)('%s is kept from members, not from administrators', (name) => {
    const locked = { vmState: ACCEPTED[name][0] ?? 'active', lockedBy: 'owner' } as const;
    const mine = rules(name, locked, member).filter((rule) => !rule.startsWith('policy.'));
    expect(mine).toEqual([`${name}.server-locked`]);
    expect(rules(name, locked)).toEqual([]);
  });

  it('is asked before the state', () => {
    const found = rules('server.shelve', { vmState: 'error', lockedBy: 'admin' }, member);
    expect(found).toEqual(['server.shelve.server-locked', 'server.shelve.server-state']);
  });
});

describe('a server that has never run', () => {
  it.each(NAMES)('%s', (name) => {
    const through = ['server.delete', 'server.force-delete'].includes(name);
    const found = rules(name, { vmState: ACCEPTED[name][0] ?? 'active', launched: false });
    expect(found).toEqual(through ? [] : [`${name}.server-never-launched`]);
  });
});

describe('its host', () => {
  const down = (vmState: VmState, name: Name) => {
    const world = soundWorld({ server: [serverRecord({ vmState })], host: [host({ up: false })] });
    const verb: AnyVerb = SERVER_LIFE_VERBS[name];
    return refusalsOfVerb(verb, ask(world, 'server-1', { flavor: '2' }, { actor: admin })).map(
      ({ rule }) => rule,
    );
  };

  it('must answer for what it has to do', () => {
    expect(down('active', 'server.shelve')).toEqual(['server.shelve.host']);
    expect(down('shelved', 'server.shelve-offload')).toEqual(['server.shelve-offload.host']);
    expect(down('shelved', 'server.unshelve')).toEqual(['server.unshelve.host']);
    expect(down('active', 'server.resize')).toContain('server.resize.host');
  });

  it('need not for a server to be deleted', () => {
    expect(down('active', 'server.delete')).toEqual([]);
    expect(down('active', 'server.soft-delete')).toEqual([]);
  });

  it('that a resize came from has a part in confirming and reverting it', () => {
    const world = soundWorld({
      server: [serverRecord({ vmState: 'resized', former })],
      host: [host(), host({ name: 'cmp-2', up: false })],
    });
    for (const name of ['server.confirm-resize', 'server.revert-resize'] as const) {
      const verb: AnyVerb = SERVER_LIFE_VERBS[name];
      expect(refusalsOfVerb(verb, ask(world, 'server-1'))).toMatchObject([{ rule: `${name}.source-down` }]);
    }
  });
});

describe('who may', () => {
  it('a reader does nothing', () => {
    for (const name of NAMES) expect(rules(name, {}, reader)[0]).toMatch(/^policy\./);
  });

  it('only an administrator offloads', () => {
    expect(rules('server.shelve-offload', { vmState: 'shelved' }, member)).toEqual([
      'policy.os_compute_api:os-shelve:shelve_offload',
    ]);
  });
});

describe('a disk that is being attached or detached', () => {
  const busy = (vmState: VmState, name: Name) => {
    const away = vmState === 'shelved_offloaded' ? { host: null } : {};
    const world = soundWorld({
      server: [serverRecord({ vmState, ...away, former })],
      host: [host(), host({ name: 'cmp-2' })],
      attachment: [attachmentRecord({ attachStatus: 'attaching' })],
      operation: [
        operationRecord({
          id: 'operation-1',
          action: 'volume.attach',
          phase: 'connect',
          owns: 'attachment-1',
          subject: { serverId: 'server-1', volumeId: 'volume-1', attachmentId: 'attachment-1' },
        }),
      ],
    });
    const verb: AnyVerb = SERVER_LIFE_VERBS[name];
    return refusalsOfVerb(verb, ask(world, 'server-1', { flavor: '2' }, { actor: admin }));
  };

  it.each([
    ['active', 'server.shelve'],
    ['shelved', 'server.shelve-offload'],
    ['shelved_offloaded', 'server.unshelve'],
    ['active', 'server.resize'],
    ['resized', 'server.revert-resize'],
  ] as const)('keeps a server that is %s from %s', (vmState, name) => {
    expect(busy(vmState, name)).toMatchObject([
      {
        rule: `${name}.disks-busy`,
        code: 'conflict',
        message: 'Somebody is attaching data-1, a disk of server web-1; that has to end first.',
      },
    ]);
  });

  it.each([
    ['active', 'server.delete'],
    ['active', 'server.soft-delete'],
    ['resized', 'server.confirm-resize'],
  ] as const)('does not keep a server that is %s from %s', (vmState, name) => {
    expect(busy(vmState, name)).toEqual([]);
  });
});

describe('the remedy', () => {
  const remedies = (vmState: VmState, name: Name, actor = admin) => {
    const world = soundWorld({ server: [serverRecord({ vmState })] });
    const verb: AnyVerb = SERVER_LIFE_VERBS[name];
    return refusalsOfVerb(verb, ask(world, 'server-1', { flavor: '2' }, { actor })).map(
      ({ remedy }) => remedy,
    );
  };

  it('is the action that leads to a state in which it may be done', () => {
    expect(remedies('shelved', 'server.resize')).toMatchObject([
      { action: 'server.unshelve', label: 'Unshelve web-1', args: { serverId: 'server-1' } },
    ]);
    expect(remedies('resized', 'server.shelve')).toMatchObject([{ action: 'server.confirm-resize' }]);
    expect(remedies('soft-delete', 'server.resize')).toMatchObject([{ action: 'server.restore' }]);
    expect(remedies('paused', 'server.resize')).toMatchObject([{ action: 'server.unpause' }]);
  });

  it('is words for somebody who may not do that', () => {
    expect(remedies('shelved', 'server.resize', reader).at(-1)).toEqual({
      kind: 'advice',
      text: 'Unshelve web-1: ask somebody who may.',
    });
  });
});
