/**
 * Addresses that are asked before any route: where an API is, and which versions it speaks.
 */
import type { ServiceName } from '../fault';

/** By service, below its prefix. */
const ADDRESSES: Readonly<Record<ServiceName, readonly string[]>> = {
  identity: ['', '/v3'],
  compute: ['', '/v2.1'],
  volume: ['', '/v3'],
  image: ['', '/versions'],
};

/** @returns the path items of a service's version documents */
export function versionDocuments(service: ServiceName, prefix: string): Record<string, unknown> {
  return Object.fromEntries(
    ADDRESSES[service].map((path) => [
      `${prefix}${path}`,
      {
        get: {
          operationId: [service, 'versions', path.slice(1)].filter((part) => part !== '').join('.'),
          tags: [service],
          summary: path === '' ? 'List the versions of the API' : 'Show the versions spoken here',
          description: 'Answered without a token, with and without a slash at the end.',
          security: [],
          parameters: [],
          responses: {
            [path === '' ? '300' : '200']: {
              description: 'The versions, with where each of them is.',
              content: { 'application/json': { schema: { type: 'object' } } },
            },
          },
          'x-routes': [
            {
              summary: path === '' ? 'List the versions of the API' : 'Show the versions spoken here',
              action: null,
              status: path === '' ? '300' : '200',
              since: null,
              until: null,
            },
          ],
        },
      },
    ]),
  );
}
