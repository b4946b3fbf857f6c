/**
 * What the tests of a migration begin with: a volume in one pool, and another pool to go to.
 */
import type { DriverTask } from '../driver-task';
import { decideVerb } from '../engine/decide';
import type { Input } from '../engine/fields';
import { type PlayOptions, play } from '../engine/play-verb';
import { ask, attachmentRecord, type Rows, soundWorld, volumeRecord } from '../engine/sound-world';
import type { VolumeRecord } from '../engine/world';
import { admin } from '../sound-facts';
import { migrateVolume } from './migrate-volume';

export const THERE = 'stor-2@lvm#lvm';

export function asked(rows: Rows, input: Input) {
  return ask(soundWorld(rows), 'volume-1', input, { actor: admin });
}

export function refusals(rows: Rows, input: Input = { host: THERE }): string[] {
  const decision = decideVerb(migrateVolume, asked(rows, input));
  return decision.allowed ? [] : decision.refusals.map((each) => each.rule.replace('volume.migrate.', ''));
}

export function migrate(rows: Rows = {}, input: Input = {}, options: PlayOptions = {}) {
  return play(migrateVolume, asked(rows, { host: THERE, ...input }), options);
}

export function volume(changes: Partial<VolumeRecord>): Rows {
  return { volume: [volumeRecord(changes)] };
}

export const attached = {
  volume: [volumeRecord({ status: 'in-use', attachStatus: 'attached' })],
  attachment: [attachmentRecord({ tag: 'data', deleteOnTermination: true })],
} satisfies Rows;

export function calls(tasks: readonly DriverTask[]): string[] {
  return tasks.map((each) => each.call);
}

export function sealed(task: DriverTask): string | null {
  if (task.call === 'getConnector') return 'new connector';
  return task.call === 'initializeConnection' ? 'new connection info' : null;
}
