import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';

/** Next, as one of the things behind the front door. */
export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param server the front door's, for the sockets of the development server's hot reload
 * @param options.dev whether pages are compiled on the fly; otherwise they were built before
 * @param options.port as far as it is known, for what the development server prints
 */
export async function preparePages(server: Server, options: { dev: boolean; port: number }): Promise<Pages> {
  // Next attaches itself to a server only with its first page. Until then, and in production for good, a socket that
  // asks for an upgrade would hang; with a stand-in we see whether anybody took it.
  const standIn = createServer();
  server.on('upgrade', (request, socket, head) => {
    if (!standIn.emit('upgrade', request, socket, head)) socket.destroy();
  });
  const app = next({
    dev: options.dev,
    dir: fileURLToPath(new URL('..', import.meta.url)),
    httpServer: standIn,
    hostname: 'localhost',
    port: options.port,
  });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}
