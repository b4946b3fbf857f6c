import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { StartError } from '~/db/start-error';

/**
 * How long a connection may rest before we end it, in ms: clients that ask once a minute on one connection must not find it
 * closed as they send.
 */
const REST = 75_000;

/**
 * @param port 0 takes a free one
 * @param host address or name to listen on
 * @returns the port
 * @throws StartError when somebody else listens there, or the address is not ours
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  server.keepAliveTimeout = REST;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen({ port, host }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `PORT ${port} on ${host} is in use by another program: stop it, or set PORT to another`,
    );
  }
  if (error.code === 'EACCES') {
    return new StartError(`PORT ${port} needs more rights than this user has: set PORT to one above 1023`);
  }
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')) {
    return new StartError(`HOST ${host} is not an address of this machine`);
  }
  return error;
}

/**
 * Prepares a server for being stopped.
 *
 * @returns `close`, which lets nobody in any more, ends streams at once, lets the other requests finish, and cuts off
 * what is left after `patience` ms
 */
export function closable(server: Server): { close(patience: number): Promise<void> } {
  const streams = new Set<{ destroy(): void }>();
  server.on('request', (request, response) => {
    // Server-sent events have no end of their own; their readers reconnect by themselves.
    if (!request.headers.accept?.includes('text/event-stream')) return;
    streams.add(response);
    response.once('close', () => streams.delete(response));
  });
  server.on('upgrade', (_request, socket: Duplex) => {
    streams.add(socket);
    socket.once('close', () => streams.delete(socket));
  });
  return {
    async close(patience) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stream of streams) stream.destroy();
      // Connections that are kept alive become idle one by one, as their last request is answered.
      const sweep = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(cut);
      clearInterval(sweep);
    },
  };
}
