/**
 * The demo cloud: documents as an OpenStack would give them, in this folder, brought in like any other cloud's. Their
 * times are those of one day; here that day is today.
 */
import { type Inventory, takeInventory } from '~/db/import/inventory';
import { type JsonFile, readFolder } from '~/db/import/read-folder';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z?$/;

/**
 * @param now what the newest time of the documents becomes: the moment of the last heartbeat
 * @returns the demo cloud, its events the same distance apart as they were written
 */
export async function readDemoCloud(now: Date): Promise<Inventory> {
  const { files } = await readFolder(import.meta.dirname);
  const newest = Math.max(...files.flatMap(({ content }) => timesIn(content)));
  const shift = now.getTime() - newest;
  return takeInventory(files.map(({ file, content }) => ({ file, content: shifted(content, shift) })));
}

function timesIn(value: unknown): number[] {
  if (typeof value === 'string') return TIME.test(value) ? [instantOf(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(timesIn) : [];
}

function instantOf(text: string): number {
  return Date.parse(text.endsWith('Z') ? text : `${text}Z`);
}

function shifted(content: JsonFile['content'], shift: number): JsonFile['content'] {
  const text = JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'string' && TIME.test(value) ? new Date(instantOf(value) + shift).toISOString() : value,
  );
  return JSON.parse(text) as JsonFile['content'];
}
