'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTRPC, useTRPCClient } from '~/app/_trpc/context';
import { type Applied, applyChanges } from './apply-changes';
import { type LinkState, openChangeStream } from './change-stream';
import type { Change, ChangeKind, FeedEvent } from './changes';
import { useTransitionPoll } from './use-transition-poll';

interface Live {
  link: LinkState;
  /** Rows that lists still show although they exist no more. */
  gone: ReadonlySet<string>;
  /** Calls back when something changed that no list shows. */
  onUnseen: (kind: ChangeKind, listener: () => void) => () => void;
  /** Reads again what is known to have changed, unless the stream tells of it anyway. */
  look: (changes: readonly Change[]) => void;
}

const Context = createContext<Live>({
  link: 'connecting',
  gone: new Set(),
  onUnseen: () => () => undefined,
  look: () => undefined,
});

/** @returns the state of the link, and what the stream has told about lists */
export function useLive(): Live {
  return useContext(Context);
}

/** Changes come in bursts; reading them together costs one request. */
const GATHER_MS = 120;

/** A page that was made before a change may arrive after it; this is how long one may be on its way. */
const ON_ITS_WAY_MS = 10_000;

/**
 * Keeps everything below it up to date, by one stream; by polling what is in transition while that is down.
 * @param since position in the feed at which the page was made
 */
export function LiveProvider({ since, children }: { since: string; children: ReactNode }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const visible = useVisible();
  const [link, setLink] = useState<LinkState>('connecting');
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const listeners = useRef(new Map<ChangeKind, Set<() => void>>());
  const position = useRef<string | null>(since);
  const recent = useRef<{ change: Change; at: number }[]>([]);

  const settle = useCallback(({ gone: lost, unseen }: Applied) => {
    if (lost.length > 0) setGone((known) => new Set([...known, ...lost]));
    for (const [kind, ids] of Object.entries(unseen) as [ChangeKind, string[]][]) {
      if (ids.length > 0) for (const listener of listeners.current.get(kind) ?? []) listener();
    }
  }, []);

  const last = useRef<Promise<void>>(Promise.resolve());
  const apply = useCallback(
    (changes: readonly Change[]) => {
      // One after the other: an answer that was overtaken would bring back how things were.
      last.current = last.current.then(() =>
        applyChanges({ client, trpc, queryClient }, changes).then(settle, () => {
          // The rows could not be read: everything on screen may be old, so it is asked for in the ordinary way.
          void queryClient.invalidateQueries();
        }),
      );
      return last.current;
    },
    [client, trpc, queryClient, settle],
  );

  useEffect(() => {
    if (!visible) {
      setLink('paused');
      return;
    }
    let gathered: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    function onEvent(event: FeedEvent) {
      if ('reset' in event) {
        gathered = [];
        void queryClient.invalidateQueries();
        return;
      }
      if (event.changes.length === 0) return;
      gathered.push(...event.changes);
      recent.current = [
        ...recent.current.filter(({ at }) => at > Date.now() - ON_ITS_WAY_MS),
        ...event.changes.map((change) => ({ change, at: Date.now() })),
      ];
      timer ??= setTimeout(() => {
        timer = undefined;
        void apply(gathered.splice(0));
      }, GATHER_MS);
    }
    const close = openChangeStream(client, position, { onState: setLink, onEvent });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [visible, client, queryClient, apply]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function applyMissed() {
      timer = undefined;
      const missed = recent.current.filter(({ at }) => at > Date.now() - ON_ITS_WAY_MS);
      if (missed.length > 0) void apply(missed.map(({ change }) => change));
    }
    // Something begins to be shown: perhaps as it was before the last changes, which found nothing to change then.
    const stop = queryClient.getQueryCache().subscribe(({ type }) => {
      if (type === 'observerAdded') timer ??= setTimeout(applyMissed, GATHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queryClient, apply]);

  useEffect(() => {
    // The stream brings what has changed; what failed meanwhile has to be asked for.
    if (link === 'live') {
      void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
    }
  }, [link, queryClient]);

  useTransitionPoll(visible && link !== 'live' && link !== 'connecting', apply);

  const onUnseen = useCallback<Live['onUnseen']>((kind, listener) => {
    const known = listeners.current.get(kind) ?? new Set();
    listeners.current.set(kind, known.add(listener));
    return () => known.delete(listener);
  }, []);

  const look = useCallback<Live['look']>(
    (changes) => {
      if (link !== 'live') void apply(changes);
    },
    [link, apply],
  );

  const live = useMemo<Live>(() => ({ link, gone, onUnseen, look }), [link, gone, onUnseen, look]);
  return <Context value={live}>{children}</Context>;
}

/** @returns whether anybody can see this tab */
function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const update = () => setVisible(!document.hidden);
    update();
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return visible;
}
