/**
 * What `npm run bench -- …` can be told.
 */
import { parseArgs } from 'node:util';

const PARTS = ['console', 'actions', 'rest', 'tokens', 'stream'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  volumes: number;
  /** Folder of a cloud that is kept, and used again when it is there already; null for one that is thrown away. */
  keep: string | null;
  /** File for the figures; null for none. */
  json: string | null;
  only: readonly Part[];
}

/** @throws on what is no option, no number, or no part */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      volumes: { type: 'string', default: '10000' },
      keep: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string', default: PARTS.join() },
    },
  });
  const volumes = Number(values.volumes);
  if (!Number.isInteger(volumes) || volumes < 1000 || volumes % 20 !== 0) {
    throw new Error('--volumes takes a multiple of 20, from 1000 on');
  }
  const asked = values.only.split(',');
  const unknown = asked.filter((part) => !PARTS.some((known) => known === part));
  if (unknown.length > 0) throw new Error(`--only takes ${PARTS.join(', ')}; not ${unknown.join(', ')}`);
  return {
    volumes,
    keep: values.keep ?? null,
    json: values.json ?? null,
    only: PARTS.filter((part) => asked.includes(part)),
  };
}
