/**
 * What stands behind the buttons: every action explained, and an action from the click to its end.
 */
import type { Browser, Client } from './client';
import { eachOf, type Measured, measure } from './measure';
import { openStream } from './stream';

const ROUNDS = 60;
const ATTACH_ROUNDS = 40;
/** Those that warm up. */
const SPARE = 2;

export async function measureActions(base: string, browser: Browser): Promise<Measured[]> {
  const { client } = browser;
  return [
    ...(await measureExplain(client)),
    await measurePickers(client),
    await measureAttach(base, browser),
    await measureDetach(base, browser),
    await measureExtend(base, browser),
  ];
}

/** What the page of an object asks for: every action on it, explained. */
async function measureExplain(client: Client): Promise<Measured[]> {
  const limit = ROUNDS + SPARE;
  const [volumes, servers] = await Promise.all([
    client.volumes.list.query({ limit }),
    client.servers.list.query({ limit }),
  ]);
  const explained = (rows: readonly { id: string }[], kind: 'volume' | 'server') =>
    eachOf(rows, ({ id }) => client.actions.explain.query({ kind, id }));
  return [
    await measure('volume, every action explained', explained(volumes.rows, 'volume'), { rounds: ROUNDS }),
    await measure('server, every action explained', explained(servers.rows, 'server'), { rounds: ROUNDS }),
  ];
}

/** The volumes that a dialog offers for a server, with what speaks against each. */
async function measurePickers(client: Client): Promise<Measured> {
  const servers = await client.servers.list.query({ status: ['ACTIVE'], limit: ROUNDS + SPARE });
  return measure(
    'volumes to attach to a server',
    eachOf(servers.rows, ({ id }) => client.attachments.volumeCandidates.query({ serverId: id })),
    { rounds: ROUNDS },
  );
}

/** As a browser learns of it: told over the stream, it looks at the operation again. */
async function measureToEnd<Item>(
  base: string,
  { client, cookie }: Browser,
  {
    name,
    items,
    act,
  }: { name: string; items: readonly Item[]; act: (item: Item) => Promise<{ operationId: string }> },
): Promise<Measured> {
  const stream = await openStream(base, cookie());
  try {
    return await measure(
      name,
      eachOf(items, async (item) => {
        const { operationId } = await act(item);
        await stream.until(operationId, async () => {
          const { outcome, reason } = await client.operations.get.query({ id: operationId });
          if (outcome === 'failed') throw new Error(reason ?? 'it failed');
          return outcome === 'succeeded';
        });
      }),
      { rounds: ATTACH_ROUNDS },
    );
  } finally {
    stream.close();
  }
}

async function measureAttach(base: string, browser: Browser): Promise<Measured> {
  const { client } = browser;
  const limit = ATTACH_ROUNDS + SPARE;
  const { rows: free } = await client.volumes.list.query({ status: ['available'], limit });
  const { rows: servers } = await client.servers.list.query({ status: ['ACTIVE'], limit });
  const items = free.map((volume, at) => ({ volumeId: volume.id, serverId: servers[at]?.id ?? '' }));
  return measureToEnd(base, browser, {
    name: 'attach, click to in-use',
    items,
    act: (pair) => client.attachments.attach.mutate(pair),
  });
}

async function measureDetach(base: string, browser: Browser): Promise<Measured> {
  const { client } = browser;
  const { rows } = await client.attachments.list.query({ limit: 200 });
  // A server keeps its root.
  const others = rows.filter(({ facts }) => facts.computeSide?.bootIndex === null);
  const items = others.map(({ facts, server }) => ({ volumeId: facts.volumeId, serverId: server?.id ?? '' }));
  return measureToEnd(base, browser, {
    name: 'detach, click to available',
    items,
    act: (pair) => client.attachments.detach.mutate(pair),
  });
}

async function measureExtend(base: string, browser: Browser): Promise<Measured> {
  const { client } = browser;
  const { rows } = await client.volumes.list.query({ status: ['available'], limit: ATTACH_ROUNDS + SPARE });
  return measureToEnd(base, browser, {
    name: 'extend, click to available',
    items: rows,
    act: ({ id, facts }) =>
      client.actions.run.mutate({
        action: 'volume.extend',
        id,
        input: { sizeGib: facts.sizeGib + 1 },
      }),
  });
}
