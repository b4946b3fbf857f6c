/**
 * The OpenStack APIs from outside, over connections that stay open, as a proxy or a service has them.
 */
import { Agent, request } from 'node:http';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

/** Recent versions: what filters and bodies there are. */
const VERSIONS = 'compute 2.93, volume 3.70';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** @returns the answer, whatever it says */
export function send(
  url: string,
  { token, method = 'GET', body }: { token?: string; method?: string; body?: object } = {},
): Promise<Answer> {
  const payload = body === undefined ? null : JSON.stringify(body);
  const headers = {
    'openstack-api-version': VERSIONS,
    ...(token === undefined ? {} : { 'x-auth-token': token }),
    ...(payload === null
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(payload ?? undefined);
  });
}

/** @returns a token of the user in the project of the administrator */
export async function tokenOf(base: string, name: string, password: string): Promise<string> {
  const domain = { id: 'default' };
  const { status, headers, text } = await send(`${base}/identity/v3/auth/tokens`, {
    method: 'POST',
    body: {
      auth: {
        identity: { methods: ['password'], password: { user: { name, domain, password } } },
        scope: { project: { name: 'admin', domain } },
      },
    },
  });
  const token = headers['x-subject-token'];
  if (typeof token !== 'string') throw new Error(`no token: ${status} ${text}`);
  return token;
}

export interface Rest {
  /** @throws when the answer is none of success */
  get(path: string): Promise<Record<string, unknown>>;
  post(path: string, body: object): Promise<Record<string, unknown>>;
}

/** @returns a caller with this token */
export function restOf(base: string, token: string): Rest {
  const ask = async (path: string, options: { method?: string; body?: object } = {}) => {
    const { status, text } = await send(base + path, { token, ...options });
    if (status < 200 || status > 299) throw new Error(`${path}: ${status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  return { get: (path) => ask(path), post: (path, body) => ask(path, { method: 'POST', body }) };
}
