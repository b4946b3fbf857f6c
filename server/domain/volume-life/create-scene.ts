/**
 * What the tests of a new volume begin with.
 */
import type { Input } from '../engine/fields';
import { play } from '../engine/play-verb';
import { ask, type Rows, soundWorld } from '../engine/sound-world';
import { createVolume } from './create-volume';

export function create(input: Input, rows: Rows = {}, options: Parameters<typeof play>[2] = {}) {
  return play(createVolume, ask(soundWorld(rows), 'project-1', input), options);
}
