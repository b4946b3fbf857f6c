/**
 * A disk that somebody has connected to a host of his own while its server was on none, and what a server that could not
 * be unshelved makes of it.
 */
import { expect, it } from 'vitest';
import { play } from '../engine/play-verb';
import { ask, attachmentRecord, serverRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { World } from '../engine/world';
import { UNSHELVE_SERVER } from './unshelve-server';

const away = serverRecord({ vmState: 'shelved_offloaded', host: null, powerState: 4 });
const answer = ({ call }: { call: string }) => `sealed ${call}`;
const byHand = {
  attachedHost: 'lab-7',
  mountpoint: '/dev/sdx',
  connector: 'sealed lab-7',
  connectionInfo: 'sealed export to lab-7',
};

/** web-1 is on no host; data-1, its disk, is connected to lab-7. */
function connectedByHand(status: 'attaching' | 'attached'): World {
  return soundWorld({
    server: [away],
    volume: [volumeRecord({ status: status === 'attached' ? 'in-use' : status, attachStatus: status })],
    attachment: [attachmentRecord({ attachStatus: status, ...byHand })],
  });
}

it.each(['attaching', 'attached'] as const)(
  'does not touch an %s disk when its host does not say who it is',
  (status) => {
    const world = connectedByHand(status);
    const played = play(UNSHELVE_SERVER, ask(world, 'server-1'), {
      answer,
      fails: ({ call }) => call === 'getConnector',
    });
    expect(played.tasks).toEqual([{ call: 'getConnector', attachmentId: 'attachment-1' }]);
    expect(played.outcome).toBe('failed');
    expect(played.world.server.get('server-1')).toEqual(away);
    expect(played.world.attachment).toEqual(world.attachment);
    expect(played.world.volume).toEqual(world.volume);
  },
);

it.each([
  ['attaching', 'initializeConnection'],
  ['attaching', 'unshelve'],
  ['attached', 'initializeConnection'],
  ['attached', 'unshelve'],
] as const)('makes an %s disk again what it was when %s fails', (status, failing) => {
  const world = connectedByHand(status);
  const played = play(UNSHELVE_SERVER, ask(world, 'server-1'), {
    answer,
    fails: ({ call }) => call === failing,
  });
  // What the host was given is taken back from it.
  expect(played.tasks.at(-1)).toEqual({ call: 'terminateConnection', attachmentId: 'attachment-1' });
  expect(played.world.server.get('server-1')).toEqual(away);
  expect(played.world.attachment).toEqual(world.attachment);
  expect(played.world.volume).toEqual(world.volume);
});

it('leaves a disk alone that somebody connects while its host says who it is, and fails to', () => {
  const reserved = { status: 'reserved', attachStatus: 'reserved' } as const;
  const none = { attachedHost: null, mountpoint: null, connector: null, connectionInfo: null } as const;
  const world = soundWorld({
    server: [away],
    volume: [volumeRecord(reserved)],
    attachment: [attachmentRecord({ attachStatus: 'reserved', ...none })],
  });
  const after = connectedByHand('attaching');
  const played = play(UNSHELVE_SERVER, ask(world, 'server-1'), {
    fails: ({ call }) => call === 'getConnector',
    meanwhile: (now) => ({ ...now, volume: after.volume, attachment: after.attachment }),
  });
  expect(played.world.attachment).toEqual(after.attachment);
  expect(played.world.volume).toEqual(after.volume);
});

it('gives the disk to the host the server comes to, whoever had it before', () => {
  const played = play(UNSHELVE_SERVER, ask(connectedByHand('attached'), 'server-1'), { answer });
  expect(played.outcome).toBe('succeeded');
  expect(played.world.attachment.get('attachment-1')).toMatchObject({
    attachStatus: 'attached',
    attachedHost: 'cmp-1',
    connector: 'sealed getConnector',
    connectionInfo: 'sealed initializeConnection',
  });
});
