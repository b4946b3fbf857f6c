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
