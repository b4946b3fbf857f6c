/**
 * Actions on a server alone, against the table of the Compute API: operation × vm_state, with no task and no lock.
 */
import { describe, expect, it } from 'vitest';
import { decideServerAction, type ServerActionFacts, serverActionRefusals } from './act-on-server';
import type { ServerActionName } from './action';
import { VM_STATES, type VmState } from './server';
import { admin, host, member, reader, server } from './sound-facts';

function facts(changes: Partial<ServerActionFacts> = {}): ServerActionFacts {
  return { actor: member, server: server(), host: host(), input: {}, ...changes };
}

function rules(action: ServerActionName, changes: Partial<ServerActionFacts>): string[] {
  return serverActionRefusals(action, facts(changes)).map(({ rule }) => rule);
}

/** States in which each is accepted; 409 in every other. */
const ACCEPTED: Record<
  Exclude<ServerActionName, `server.${'lock' | 'unlock' | 'reset-state'}`>,
  VmState[]
> = {
  'server.start': ['stopped'],
  'server.stop': ['active', 'error'],
  'server.reboot-soft': ['active'],
  'server.reboot-hard': ['active', 'stopped', 'paused', 'suspended', 'error'],
  'server.pause': ['active'],
  'server.unpause': ['paused'],
  'server.suspend': ['active'],
  'server.resume': ['suspended'],
  'server.rescue': ['active', 'stopped', 'error'],
  'server.unrescue': ['rescued'],
};

const CASES = Object.entries(ACCEPTED).flatMap(([action, states]) =>
  VM_STATES.map((vmState) => [action as ServerActionName, vmState, states.includes(vmState)] as const),
);

describe('the state of the server', () => {
  it.each(CASES)('%s of a server that is %s: %s', (action, vmState, accepted) => {
    const found = rules(action, { server: server({ vmState }) });
    expect(found.includes(`${action}.server-state`)).toBe(!accepted);
  });

  it.each(VM_STATES)('lock, unlock and reset do not ask whether it is %s, nor for a host', (vmState) => {
    const lost = { server: server({ vmState, host: null, taskState: 'spawning' }), host: null };
    expect(rules('server.lock', lost)).toEqual([]);
    expect(rules('server.unlock', lost)).toEqual([]);
    expect(rules('server.reset-state', { ...lost, actor: admin })).toEqual([]);
  });
});

/** What each passes through and ends in. */
const TASKS: [ServerActionName, VmState, string][] = [
  ['server.start', 'stopped', 'powering-on'],
  ['server.stop', 'active', 'powering-off'],
  ['server.reboot-soft', 'active', 'rebooting'],
  ['server.reboot-hard', 'active', 'rebooting_hard'],
  ['server.pause', 'active', 'pausing'],
  ['server.unpause', 'paused', 'unpausing'],
  ['server.suspend', 'active', 'suspending'],
  ['server.resume', 'suspended', 'resuming'],
  ['server.rescue', 'active', 'rescuing'],
  ['server.unrescue', 'rescued', 'unrescuing'],
];

describe('the task', () => {
  it.each(TASKS)('%s of a server that is %s makes it busy with %s', (action, vmState, task) => {
    expect(decideServerAction(action, facts({ server: server({ vmState }) }))).toEqual({
      allowed: true,
      effects: { kind: 'hosted', task },
    });
  });

  it('a busy server takes no other action', () => {
    expect(rules('server.stop', { server: server({ taskState: 'rebooting' }) })).toEqual([
      'server.stop.server-busy',
    ]);
  });

  it.each(['rebooting', 'pausing', 'resuming'] as const)('but a hard reboot, while it is %s', (taskState) => {
    expect(rules('server.reboot-hard', { server: server({ taskState }) })).toEqual([]);
  });

  it('not even a hard reboot while it is rebuilding', () => {
    const found = rules('server.reboot-hard', { server: server({ taskState: 'rebuilding' }) });
    expect(found).toEqual(['server.reboot-hard.server-busy']);
  });
});

describe('lock', () => {
  it.each(['owner', 'admin'] as const)('by %s keeps members from acting, administrators not', (lockedBy) => {
    const locked = { server: server({ lockedBy }) };
    expect(rules('server.stop', locked)).toEqual(['server.stop.server-locked']);
    expect(rules('server.stop', { ...locked, actor: admin })).toEqual([]);
  });

  it('is the owner’s or the administrator’s, after who asks', () => {
    const lockOf = (actor: typeof member) =>
      decideServerAction('server.lock', facts({ actor, input: { lockedReason: 'audit' } }));
    expect(lockOf(member)).toMatchObject({
      effects: { change: { lockedBy: 'owner', lockedReason: 'audit' } },
    });
    expect(lockOf(admin)).toMatchObject({ effects: { change: { lockedBy: 'admin' } } });
  });

  it('of a locked server changes nothing, not even the holder', () => {
    const again = decideServerAction(
      'server.lock',
      facts({ actor: member, server: server({ lockedBy: 'admin' }) }),
    );
    expect(again).toEqual({ allowed: true, effects: { kind: 'record', change: {} } });
  });

  it('by an administrator is an administrator’s to take away', () => {
    const locked = { server: server({ lockedBy: 'admin' }) };
    expect(serverActionRefusals('server.unlock', facts(locked))).toMatchObject([
      { rule: 'server.unlock.locked-by-admin', code: 'forbidden' },
    ]);
    expect(rules('server.unlock', { ...locked, actor: admin })).toEqual([]);
    const policy = { 'os_compute_api:os-lock-server:unlock:unlock_override': 'owner' } as const;
    expect(rules('server.unlock', { ...locked, actor: { ...member, policy } })).toEqual([]);
    expect(rules('server.unlock', { server: server({ lockedBy: 'owner' }) })).toEqual([]);
  });
});

describe('who may', () => {
  it('a reader does nothing', () => {
    expect(
      serverActionRefusals('server.start', facts({ actor: reader, server: server({ vmState: 'stopped' }) })),
    ).toMatchObject([{ rule: 'policy.os_compute_api:servers:start', code: 'forbidden' }]);
  });

  it('only an administrator resets a state, and to the one that is asked for', () => {
    expect(rules('server.reset-state', {})).toEqual(['policy.os_compute_api:os-admin-actions:reset_state']);
    const reset = decideServerAction(
      'server.reset-state',
      facts({ actor: admin, input: { state: 'active' } }),
    );
    expect(reset).toEqual({
      allowed: true,
      effects: { kind: 'record', change: { vmState: 'active', taskState: null } },
    });
  });
});

describe('the host', () => {
  it('has to be there and up', () => {
    const stopped = server({ vmState: 'stopped' });
    expect(rules('server.start', { server: stopped, host: host({ up: false }) })).toEqual([
      'server.start.host-down',
    ]);
    expect(rules('server.start', { server: { ...stopped, host: null }, host: null })).toEqual([
      'server.start.no-host',
    ]);
  });
});
