/**
 * The stream of changes, as browsers follow it, and how soon it tells many of them.
 */
import { get, type IncomingMessage } from 'node:http';
import type { Browser } from './client';
import type { Measured } from './measure';

interface Stream {
  /** Calls `look` now, and whenever something is said of this object, until it answers true. */
  until(id: string, look: () => Promise<boolean>): Promise<void>;
  /** Calls back with the time at which something is said of this object first, in ms. */
  first(id: string): Promise<number>;
  close(): void;
}

/** @throws when the stream cannot be opened */
export async function openStream(base: string, cookie: string): Promise<Stream> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { cookie, accept: 'text/event-stream' };
    get(`${base}/api/trpc/changes.stream`, { headers, agent: false }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`no stream: ${response.statusCode}`);
  const listeners = new Set<(said: string) => void>();
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  const began = new Promise<void>((resolve) => response.once('data', () => resolve()));
  response.on('data', (said: string) => {
    for (const listener of listeners) listener(said);
  });
  await began;
  const heard = (id: string): Promise<void> =>
    new Promise((resolve) => {
      const listener = (said: string): void => {
        if (!said.includes(id)) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
    });
  return {
    until: async (id, look) => {
      // Listens before it looks, so that nothing goes unheard in between.
      for (let news = heard(id); !(await look()); news = heard(id)) await news;
    },
    first: async (id) => {
      await heard(id);
      return performance.now();
    },
    close: () => response.destroy(),
  };
}

const STREAMS = 50;
const CHANGES = 100;

/** From the click of one to the browsers of fifty: a volume is renamed a hundred times. */
export async function measureStream(base: string, { client, cookie }: Browser): Promise<Measured[]> {
  const streams = await Promise.all(Array.from({ length: STREAMS }, () => openStream(base, cookie())));
  const { rows } = await client.volumes.list.query({ limit: CHANGES });
  const told: number[] = [];
  const answered: number[] = [];
  const began = performance.now();
  for (const { id } of rows) {
    const from = performance.now();
    const heard = streams.map(async (stream) => told.push((await stream.first(id)) - from));
    await client.actions.run.mutate({ action: 'volume.update', id, input: { name: 'renamed' } });
    answered.push(performance.now() - from);
    await Promise.all(heard);
  }
  const seconds = (performance.now() - began) / 1000;
  for (const stream of streams) stream.close();
  return [
    {
      name: 'a change, answered to who made it',
      concurrency: 1,
      ms: answered,
      perSecond: rows.length / seconds,
    },
    {
      name: `a change, told to ${STREAMS} browsers`,
      concurrency: STREAMS,
      ms: told,
      perSecond: told.length / seconds,
    },
  ];
}
