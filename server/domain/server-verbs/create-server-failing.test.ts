/**
 * What is left of a new server, and of what was made for it, when a call fails.
 */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play-verb';
import { soundWorld } from '../engine/sound-world';
import { disksOf } from '../engine/world';
import { blank, CREATE, creating, fromVolume, ID, sealed } from './create-server-scene';

describe('when a call fails', () => {
  const devices = [fromVolume, { ...blank, delete_on_termination: true }, { ...blank, volume_size: 6 }];
  const made = (failing: string, nth = 1) => {
    let seen = 0;
    return play(CREATE, creating(devices), {
      ...sealed,
      fails: ({ call }) => {
        seen += call === failing ? 1 : 0;
        return call === failing && seen === nth;
      },
    });
  };

  it.each(['getConnector', 'initializeConnection', 'spawn'])(
    '%s: ERROR, its disks let go; volumes that go with it are deleted, the others are free',
    (failing) => {
      const { world, outcome, reason } = made(failing);
      expect({ outcome, reason }).toEqual({ outcome: 'failed', reason: 'storage said no' });
      expect(world.server.get(ID)).toMatchObject({
        vmState: 'error',
        taskState: null,
        host: null,
        launched: false,
      });
      expect(disksOf(world, ID)).toEqual([]);
      expect(world.volume.get('volume-9')).toMatchObject({ status: 'available', attachStatus: 'detached' });
      const left = [...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'));
      expect(left).toMatchObject([{ sizeGib: 6, status: 'available' }]);
    },
  );

  it('the first createVolume: it goes, for it would have gone with the server; the second was never begun', () => {
    const { world } = made('createVolume');
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'available' });
    expect([...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'))).toEqual([]);
  });

  it('the second createVolume: it stays in error, to be looked at', () => {
    const { world } = made('createVolume', 2);
    const left = [...world.volume.values()].filter(({ name }) => name.endsWith('-blank-vol'));
    expect(left).toMatchObject([{ sizeGib: 6, status: 'error', attachStatus: 'detached' }]);
  });

  it('spawn, when the host cannot remove it either: ERROR, with its disks, for it may run', () => {
    const { world, tasks } = play(CREATE, creating([fromVolume]), {
      ...sealed,
      fails: ({ call }) => call === 'spawn' || call === 'destroy',
    });
    expect(tasks.slice(-2).map(({ call }) => call)).toEqual(['spawn', 'destroy']);
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error', taskState: null, host: 'cmp-1' });
    expect(world.volume.get('volume-9')).toMatchObject({ status: 'in-use' });
  });

  it('when storage does not let go either, the server is in ERROR all the same', () => {
    const { world, outcome } = play(CREATE, creating([fromVolume]), {
      ...sealed,
      fails: ({ call }) => call === 'spawn' || call === 'terminateConnection',
    });
    expect(outcome).toBe('failed');
    expect(world.server.get(ID)).toMatchObject({ vmState: 'error', taskState: null });
    expect([...world.attachment.values()]).toMatchObject([
      { serverId: null, instanceId: ID, attachStatus: 'attached' },
    ]);
  });

  it('no pool has room: as if storage had said so', () => {
    const full = [...soundWorld().pool.values()].map((pool) => ({ ...pool, freeGib: 1 }));
    const played = play(CREATE, creating([fromVolume, blank], {}, { pool: full }), sealed);
    expect(played.reason).toBe('No storage pool can take the volume.');
    expect(played.world.server.get(ID)).toMatchObject({ vmState: 'error' });
  });
});
