'use client';

import { useQueryState, useQueryStates } from 'nuqs';
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import type { Remedy } from '~/server/domain/refusal';
import { nounOf } from './action-noun';
import {
  type ActionOn,
  dialogParams,
  dialogUrlKeys,
  type Pair,
  type Prefill,
  parseAsPair,
} from './dialog-params';
import { listParams } from './list-params';

export type ActionRemedy = Extract<Remedy, { kind: 'action' }>;

const NOTHING = {
  dialog: null,
  server: null,
  volume: null,
  device: null,
  as: null,
  tag: null,
  deleteOnTermination: null,
  detach: null,
  do: null,
  on: null,
  with: null,
} as const;

type OpenDialogs = ReturnType<typeof useDialogStates>[0];
type Fields = Partial<Omit<OpenDialogs, 'dialog' | 'detach' | 'do' | 'on' | 'with'>>;

interface DialogActions {
  /** Opens the attach dialog, with what is known filled in. */
  attach: (known: Partial<Pair>) => void;
  detach: (pair: Pair) => void;
  /** Changes fields of the open attach dialog without a new step in the history. */
  fill: (fields: Fields) => void;
  closeAttach: () => void;
  closeDetach: () => void;
  /** Opens the dialog of an action, with what is known of its form. */
  act: (on: ActionOn, prefill?: Prefill) => void;
  /** Closes the uppermost; what waits beneath it shows again. */
  closeAct: () => void;
  /** Opens what a remedy names; what an open dialog holds already is kept. */
  remedy: (remedy: ActionRemedy) => void;
  /** Opens the drawer of a row in the list on screen. */
  peek: (id: string) => void;
}

function useDialogStates() {
  return useQueryStates(dialogParams, { history: 'push', urlKeys: dialogUrlKeys });
}

const Open = createContext<OpenDialogs>(NOTHING);
const Actions = createContext<DialogActions | null>(null);

/** Holds the dialogs once, so that a row's button does not listen to the URL. */
export function DialogsProvider({ children }: { children: ReactNode }) {
  const [open, set] = useDialogStates();
  const [, setPeek] = useQueryState('peek', listParams.peek);
  const setters = useRef({ open, set, setPeek });
  setters.current = { open, set, setPeek };
  const actions = useMemo(() => makeActions(setters), []);
  return (
    <Actions value={actions}>
      <Open value={open}>{children}</Open>
    </Actions>
  );
}

type Setters = {
  current: {
    open: OpenDialogs;
    set: ReturnType<typeof useDialogStates>[1];
    setPeek: (id: string) => unknown;
  };
};

/** @returns the actions whose dialogs are open, the uppermost last; none when a link is broken */
function stackOf({ do: actions, on: ids }: Pick<OpenDialogs, 'do' | 'on'>): ActionOn[] {
  if (actions === null || actions.length !== ids?.length) return [];
  return actions.flatMap((action, index) => {
    const id = ids[index];
    return id === undefined ? [] : { action, id };
  });
}

/** @returns parameters that have these open */
function stacked(stack: readonly ActionOn[], prefill: Prefill = {}) {
  if (stack.length === 0) return { do: null, on: null, with: null };
  return {
    do: stack.map(({ action }) => action),
    on: stack.map(({ id }) => id),
    with: Object.keys(prefill).length === 0 ? null : prefill,
  };
}

/** @returns what a remedy is done to, and what it says of the form; null when it does not say what to do it to */
function readRemedy({ action, args }: ActionRemedy): { id: string; prefill: Prefill } | null {
  if (action === 'volume.detach') {
    const { serverId, volumeId } = args;
    if (serverId === undefined || volumeId === undefined) return null;
    return { id: parseAsPair.serialize({ serverId, volumeId }), prefill: {} };
  }
  const { [`${nounOf(action)}Id`]: id, ...prefill } = args;
  return id === undefined ? null : { id, prefill };
}

function makeActions(setters: Setters): DialogActions {
  const push = (values: Parameters<Setters['current']['set']>[0]) => void setters.current.set(values);
  const replace = (values: Parameters<Setters['current']['set']>[0]) =>
    void setters.current.set(values, { history: 'replace' });
  return {
    attach: ({ serverId = null, volumeId = null }) =>
      push({ ...NOTHING, dialog: 'attach', server: serverId, volume: volumeId }),
    detach: (pair) => push({ detach: pair }),
    fill: replace,
    closeAttach: () => replace(NOTHING),
    closeDetach: () => {
      const stack = stackOf(setters.current.open);
      replace(stack.at(-1)?.action === 'volume.detach' ? stacked(stack.slice(0, -1)) : { detach: null });
    },
    act: (on, prefill) => push(stacked([on], prefill)),
    closeAct: () => replace(stacked(stackOf(setters.current.open).slice(0, -1))),
    peek: (id) => void setters.current.setPeek(id),
    remedy: (remedy) => {
      const { action } = remedy;
      if (action === 'volume.attach') {
        const { serverId, volumeId, device } = remedy.args;
        push({
          ...stacked([]),
          dialog: 'attach',
          detach: null,
          ...(serverId === undefined ? {} : { server: serverId }),
          ...(volumeId === undefined ? {} : { volume: volumeId }),
          ...(device === undefined ? {} : { device }),
        });
        return;
      }
      const read = readRemedy(remedy);
      if (read === null) return;
      const stack = stackOf(setters.current.open);
      // What waits beneath already is gone back to, or two remedies of each other would pile up for ever.
      const waiting = stack.findIndex((each) => each.action === action && each.id === read.id);
      const beneath = waiting < 0 ? stack : stack.slice(0, waiting);
      push(stacked([...beneath, { action, id: read.id }], read.prefill));
    },
  };
}

/** @returns functions that open and close dialogs; the same ones as long as the page lives */
export function useDialogs(): DialogActions {
  const actions = useContext(Actions);
  if (actions === null) throw new Error('There are no dialogs here; this belongs behind the login.');
  return actions;
}

/** @returns what is open now, from the URL */
export function useOpenDialogs(): OpenDialogs {
  return useContext(Open);
}

/** @returns the action whose dialog is uppermost, with what it was opened with; null when none is open */
export function useOpenAction(): (ActionOn & { prefill: Prefill }) | null {
  const open = useContext(Open);
  const top = stackOf(open).at(-1);
  return top === undefined ? null : { ...top, prefill: open.with ?? {} };
}
