/** An attach that fails leaves neither a disk nor a claim behind. */
import { expect, test } from 'vitest';
import { play } from '../engine/play-verb';
import { ask, soundWorld } from '../engine/sound-world';
import { attachVerb } from './attach';

const answer = ({ call }: { call: string }) => `sealed ${call}`;

test.each(['getConnector', 'initializeConnection', 'attachDevice'])(
  '%s fails: all is as it was',
  (failing) => {
    const world = soundWorld();
    const played = play(attachVerb, ask(world, 'server-1', { volumeId: 'volume-1' }), {
      answer,
      fails: ({ call }) => call === failing,
    });
    expect(played.outcome).toBe('failed');
    expect([...played.world.attachment.keys()]).toEqual([]);
    expect(played.world.volume).toEqual(world.volume);
    expect(played.world.server).toEqual(world.server);
  },
);
