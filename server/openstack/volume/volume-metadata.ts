/**
 * Metadata of volumes and of snapshots: the same calls on both.
 * Source: cinder/api/v3/volume_metadata.py and cinder/api/v3/snapshot_metadata.py.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { perform } from '~/server/services/perform';
import { getSnapshotRecord } from '~/server/services/records/snapshot-records';
import { getVolumeRecord } from '~/server/services/records/volume-records';
import { authorizeFor, RefusedError } from '~/server/services/refused';
import { FaultError } from '../fault';
import { type Answer, answer, empty, type Route, route } from '../route';
import { metadata } from './schema-types';

type Pairs = Readonly<Record<string, string>>;

interface Owner {
  /** In paths and sentences. */
  collection: 'volumes' | 'snapshots';
  noun: 'volume' | 'snapshot';
  read(context: Context, id: string): Promise<Pairs>;
}

const VOLUMES: Owner = {
  collection: 'volumes',
  noun: 'volume',
  read: async (context, id) => {
    const volume = await getVolumeRecord(context, id);
    authorizeFor(context, 'volume:get_volume_metadata', volume.project_id);
    return volume.metadata;
  },
};

const SNAPSHOTS: Owner = {
  collection: 'snapshots',
  noun: 'snapshot',
  read: async (context, id) => {
    const snapshot = await getSnapshotRecord(context, id);
    authorizeFor(context, 'volume:get_snapshot_metadata', snapshot.project_id);
    return snapshot.metadata;
  },
};

/** From here on an answer says which state it shows, and a change may ask for one. */
const ETAGS = 15;

/** In upstream's words: none. */
const OUTDATED: Answer = { status: 412 };

interface Writing {
  context: Context;
  minor: number;
  headers: Headers;
}

/** @returns the states one of which is asked for; null for any */
function wantedOf({ minor, headers }: Writing): string[] | null {
  const wanted = headers.get('if-match');
  if (wanted === null || minor < ETAGS) return null;
  const given = wanted.split(',').map((each) => each.trim().replace(/^W\/|"/g, ''));
  return given.includes('*') ? null : given;
}

const all = z.strictObject({ metadata });
const one = z.strictObject({ meta: metadata });

function routesOf({ collection, noun, read }: Owner): Route[] {
  const path = `/${collection}/:id/metadata` as const;
  const item = `/${collection}/:id/metadata/:key` as const;
  /** @returns what they are now; null where they are not what they were to be until then */
  const set = async (call: Writing, id: string, metadata: Pairs, replace: boolean): Promise<Pairs | null> => {
    const { context } = call;
    const wanted = wantedOf(call);
    const seen = wanted === null ? undefined : await read(context, id);
    if (seen !== undefined && wanted?.includes(etagOf({ metadata: seen })) !== true) return null;
    const action = `${noun}.set-metadata` as const;
    // Compared again with what is written, under one lock: somebody may write at the same time.
    const input = { metadata, replace, ...(seen === undefined ? {} : { expected: seen }) };
    try {
      const { answer: after } = await perform(context, { action, id, input });
      return after.metadata as Pairs;
    } catch (error) {
      if (error instanceof RefusedError && error.refusals[0].code === 'outdated') return null;
      throw error;
    }
  };
  return [
    route({
      method: 'GET',
      path,
      summary: `Show the metadata of a ${noun}`,
      status: 200,
      handle: async ({ context, params, minor }) => {
        const body = { metadata: await read(context, params.id) };
        return answer(body, 200, minor < ETAGS ? {} : { etag: `"${etagOf(body)}"` });
      },
    }),
    route({
      method: 'POST',
      path,
      summary: `Add metadata to a ${noun}`,
      status: 200,
      body: { 0: all },
      handle: async (call) => {
        const after = await set(call, call.params.id, call.body.metadata, false);
        return after === null ? OUTDATED : answer({ metadata: after });
      },
    }),
    route({
      method: 'PUT',
      path,
      summary: `Replace the metadata of a ${noun}`,
      status: 200,
      body: { 0: all },
      handle: async (call) => {
        const after = await set(call, call.params.id, call.body.metadata, true);
        return after === null ? OUTDATED : answer({ metadata: after });
      },
    }),
    route({
      method: 'GET',
      path: item,
      summary: `Show one item of the metadata of a ${noun}`,
      status: 200,
      handle: async ({ context, params: { id, key } }) => {
        const value = own(await read(context, id), key);
        if (value === undefined) throw new FaultError(404, `The ${noun} has no metadata named ${key}.`);
        return answer({ meta: { [key]: value } });
      },
    }),
    route({
      method: 'PUT',
      path: item,
      summary: `Set one item of the metadata of a ${noun}`,
      status: 200,
      body: { 0: one },
      handle: async (call) => {
        const { params, body } = call;
        const names = Object.keys(body.meta);
        if (names.length !== 1 || names[0] !== params.key) {
          throw new FaultError(400, 'The body holds one item, with the name that is in the URL.');
        }
        const after = await set(call, params.id, body.meta, false);
        return after === null ? OUTDATED : answer({ meta: { [params.key]: after[params.key] } });
      },
    }),
    route({
      method: 'DELETE',
      path: item,
      summary: `Remove one item of the metadata of a ${noun}`,
      status: 200,
      handle: async ({ context, params: { id, key } }) => {
        await perform(context, { action: `${noun}.unset-metadata`, id, input: { names: [key] } });
        return empty(200);
      },
    }),
  ];
}

function own(pairs: Pairs, key: string): string | undefined {
  return Object.hasOwn(pairs, key) ? pairs[key] : undefined;
}

function etagOf(body: { metadata: Pairs }): string {
  const sorted = Object.fromEntries(Object.entries(body.metadata).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('md5').update(JSON.stringify(sorted)).digest('hex');
}

export const VOLUME_METADATA_ROUTES: readonly Route[] = [...routesOf(VOLUMES), ...routesOf(SNAPSHOTS)];
