/**
 * The APIs behind a port, and requests to it byte by byte: what no client sends.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import { apiRoutes } from '~/server/api-routes';
import { frontDoor } from '~/server/front-door';
import { closable, listen } from '~/server/listening';
import { openstackServices } from '~/server/openstack/handler';
import { openRestCloud, type RestCloud, tokenFor } from './rest';

interface Heard {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** For one test file. */
export function openRawDoor() {
  let cloud: RestCloud;
  let port: number;
  let token: string;
  let closeDoor: (patience: number) => Promise<void>;
  beforeAll(async () => {
    cloud = await openRestCloud({ idle: true });
    token = await tokenFor(cloud.runtime, cloud.projectId, 'member');
    const server = createServer();
    const { log } = cloud.runtime;
    const api = apiRoutes({
      log,
      trpc: async () => new Response(),
      services: openstackServices(cloud.runtime),
      checks: {},
      stopping: () => false,
    });
    const pages = async () => {
      throw new Error('no page is asked for');
    };
    server.on('request', frontDoor({ log, api, pages, dev: false, secure: false }));
    closeDoor = closable(server).close;
    port = await listen(server, 0, '127.0.0.1');
  });
  afterAll(async () => {
    await closeDoor(100);
    await cloud.close();
  });

  /** Sends the bytes as they are, and hears what comes until the other side has no more to say. */
  function send(...pieces: (string | Buffer)[]): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      const chunks: Buffer[] = [];
      let failure: Error | undefined;
      socket.on('data', (chunk) => chunks.push(chunk));
      // Whoever is answered before everything is sent may find the connection closed while sending the rest.
      socket.on('error', (error) => {
        failure = error;
      });
      socket.on('close', () => {
        if (chunks.length === 0) reject(failure ?? new Error('the connection was closed without an answer'));
        else resolve(heard(Buffer.concat(chunks).toString('latin1')));
      });
      for (const piece of pieces) socket.write(piece);
    });
  }

  /** @returns the head of a request, of a member who wants the connection to end with it */
  function request(
    method: string,
    path: string,
    headers: Record<string, string>,
    host = 'mooring.test',
  ): string {
    const all = { Host: host, 'X-Auth-Token': token, Connection: 'close', ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  }

  return {
    get cloud() {
      return cloud;
    },
    get port() {
      return port;
    },
    get token() {
      return token;
    },
    send,
    request,
  };
}

function heard(all: string): Heard {
  const [head = '', ...rest] = all.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
    }),
  );
  return { status: Number(first.split(' ')[1]), headers, text: rest.join('\r\n\r\n') };
}
