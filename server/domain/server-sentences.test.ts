/**
 * What an operator reads when an action on a server is refused for its state or its host.
 */
import { expect, test } from 'vitest';
import { hostRefusal, launchedRefusal, vmStateRefusal } from './server-checks';
import { host, member, server } from './sound-facts';

test.each([
  ['server.confirm-resize', ['resized'], 'confirming the resize needs VERIFY_RESIZE.'],
  [
    'server.unshelve',
    ['shelved', 'shelved_offloaded'],
    'unshelving needs one of SHELVED, SHELVED_OFFLOADED.',
  ],
  ['volume.attach', ['stopped'], 'attaching needs SHUTOFF.'],
] as const)('%s in a wrong state', (action, allowed, end) => {
  expect(vmStateRefusal(action, server(), allowed, member)?.message).toBe(`Server web-1 is ACTIVE; ${end}`);
});

test.each([
  [
    'server.start',
    'active',
    ['stopped'],
    'Server web-1 is ACTIVE already; starting needs SHUTOFF.',
    'Nothing has to be done.',
  ],
  [
    'server.pause',
    'paused',
    ['active'],
    'Server web-1 is PAUSED already; pausing needs ACTIVE.',
    'Nothing has to be done.',
  ],
] as const)('%s of what is %s already', (action, vmState, allowed, message, text) => {
  expect(vmStateRefusal(action, server({ vmState }), allowed, member)).toMatchObject({
    message,
    remedy: { kind: 'advice', text },
  });
});

test.each([
  ['shelved_offloaded', 'Unshelve web-1'],
  ['paused', 'Unpause web-1'],
  ['suspended', 'Resume web-1'],
  ['rescued', 'Unrescue web-1'],
  ['resized', 'Confirm resize web-1'],
] as const)('what is %s does not start, and is brought to run in another way', (vmState, label) => {
  expect(vmStateRefusal('server.start', server({ vmState }), ['stopped'], member)).toMatchObject({
    remedy: { kind: 'action', label },
  });
});

test('of what has never run', () => {
  expect(launchedRefusal('server.revert-resize', server({ launched: false }))?.message).toBe(
    'Server web-1 has never been started; reverting the resize needs one that has run.',
  );
});

test.each([
  ['server.start', 'starting needs it to be up.'],
  ['server.revert-resize', 'reverting the resize needs it to be up.'],
  ['volume.detach', 'nothing could detach the disk.'],
] as const)('%s on a host that is down', (action, end) => {
  expect(hostRefusal(action, server(), host({ up: false }))?.message).toBe(
    `Compute host cmp-1 of server web-1 is down; ${end}`,
  );
});

test('on no host', () => {
  expect(hostRefusal('server.confirm-resize', server({ host: null }), null)?.message).toBe(
    'Server web-1 is on no known compute host; confirming the resize needs one that is up.',
  );
});
