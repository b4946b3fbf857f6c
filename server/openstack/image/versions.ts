/**
 * The image API's version documents.
 * Source: glance/api/versions.py
 */
import type { Answer } from '../route';

/** 2.9: community images and protected uploads; nothing later is offered. */
const VERSIONS = ['v2.9', 'v2.7', 'v2.6', 'v2.5', 'v2.4', 'v2.3', 'v2.2', 'v2.1', 'v2.0'];

/** @returns null for what a route answers; no version is asked for, as whoever asks knows none yet */
export function imageVersions({ origin }: { origin: string }, method: string, path: string): Answer | null {
  if (method !== 'GET') return null;
  const bare = path === '/' ? path : path.replace(/\/$/, '');
  if (bare !== '/' && bare !== '/versions') return null;
  return {
    status: bare === '/' ? 300 : 200,
    body: {
      versions: VERSIONS.map((id, at) => ({
        id,
        status: at === 0 ? 'CURRENT' : 'SUPPORTED',
        links: [{ rel: 'self', href: `${origin}/image/v2/` }],
      })),
    },
  };
}
