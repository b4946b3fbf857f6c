'use client';

import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Refusal } from '~/server/domain/refusal';

export const loadReasonPopover = () => import('./reason-popover');
const ReasonPopover = lazy(loadReasonPopover);

export interface Reason {
  /** What cannot be done, e.g. `Attach data-1`. */
  title: string;
  refusals: readonly Refusal[];
}

interface Reasons {
  /** On hover and focus: appears beside the anchor, the focus stays. */
  peek: (anchor: HTMLElement, reason: Reason) => void;
  /** The pointer or the focus has left; it stays when it went into the popover. */
  leave: () => void;
  /** On press: appears and takes the focus, so that the remedies can be reached. */
  pin: (anchor: HTMLElement, reason: Reason) => void;
}

const Context = createContext<Reasons>({
  peek: () => undefined,
  leave: () => undefined,
  pin: () => undefined,
});

/** @returns how a refused control shows why */
export function useReasons(): Reasons {
  return useContext(Context);
}

const SHOW_AFTER_MS = 150;
const HIDE_AFTER_MS = 220;

/** Holds the one popover that explains refused actions, wherever they are. */
export function ReasonsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Reason & { pinned: boolean }) | null>(null);
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Whose reasons were put away: getting the focus back must not bring them up again. */
  const dismissed = useRef<HTMLElement>(null);

  const after = useCallback((delay: number, act: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(act, delay);
  }, []);

  const reasons = useMemo<Reasons>(
    () => ({
      peek: (element, reason) => {
        if (dismissed.current === element) return;
        after(SHOW_AFTER_MS, () => {
          anchor.current = element;
          setShown((now) => (now?.pinned ? now : { ...reason, pinned: false }));
        });
      },
      leave: () => {
        dismissed.current = null;
        after(HIDE_AFTER_MS, () => setShown((now) => (now?.pinned ? now : null)));
      },
      pin: (element, reason) => {
        clearTimeout(timer.current);
        anchor.current = element;
        setShown({ ...reason, pinned: true });
      },
    }),
    [after],
  );

  return (
    <Context value={reasons}>
      {children}
      {shown === null ? null : (
        <Suspense>
          <ReasonPopover
            key={shown.pinned ? 'pinned' : 'peeked'}
            reason={shown}
            pinned={shown.pinned}
            anchor={anchor}
            onEnter={() => clearTimeout(timer.current)}
            onLeave={reasons.leave}
            onClose={() => {
              dismissed.current = anchor.current;
              setShown(null);
            }}
          />
        </Suspense>
      )}
    </Context>
  );
}
