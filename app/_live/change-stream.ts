/**
 * The one stream of a tab. The browser reconnects it while it can; where it gives up, we begin again, later each time.
 */
import type { TRPCClient } from '@trpc/client';
import { codeOf } from '~/app/_trpc/query-client';
import type { AppRouter } from '~/server/trpc/router';
import type { FeedEvent } from './changes';

export type LinkState = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'paused';

export const FIRST_WAIT_MS = 2000;
export const WAIT_FACTOR = 1.5;
export const LONGEST_WAIT_MS = 30_000;

interface Listener {
  onState: (state: LinkState) => void;
  onEvent: (event: FeedEvent) => void;
}

/**
 * Opens the stream and keeps it open.
 * @param position where it goes on; written back with every event
 * @returns a function that closes it
 */
export function openChangeStream(
  client: TRPCClient<AppRouter>,
  position: { current: string | null },
  { onState, onEvent }: Listener,
): () => void {
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open: { unsubscribe: () => void } | undefined;
  let closed = false;

  function failed(error?: unknown): void {
    if (closed) return;
    open?.unsubscribe();
    if (codeOf(error) === 'UNAUTHORIZED') {
      onState('offline');
      return;
    }
    onState(navigator.onLine ? 'reconnecting' : 'offline');
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * WAIT_FACTOR, LONGEST_WAIT_MS);
  }

  function connect(): void {
    if (closed) return;
    open = client.changes.stream.subscribe(
      { lastEventId: position.current },
      {
        onData({ id, data }) {
          position.current = id;
          wait = FIRST_WAIT_MS;
          onState('live');
          onEvent(data);
        },
        onConnectionStateChange({ state, error }) {
          if (closed) return;
          if (state === 'pending') onState('live');
          else if (state === 'connecting' && error !== null) {
            onState(navigator.onLine ? 'reconnecting' : 'offline');
          }
        },
        onError: failed,
        onComplete: () => failed(),
      },
    );
  }

  connect();
  return () => {
    closed = true;
    clearTimeout(timer);
    open?.unsubscribe();
  };
}
