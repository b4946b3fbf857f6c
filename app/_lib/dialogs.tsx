'use client';

import { useQueryState, useQueryStates } from 'nuqs';
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { type ActionName, SERVER_ACTION_NAMES, type ServerActionName } from '~/server/domain/action';
import type { Remedy } from '~/server/domain/refusal';
import { dialogParams, dialogUrlKeys, type Pair, type ServerActionOn } from './dialog-params';
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
  act: null,
} as const;

type OpenDialogs = ReturnType<typeof useDialogStates>[0];
type Fields = Partial<Omit<OpenDialogs, 'dialog' | 'detach' | 'act'>>;

interface DialogActions {
  /** Opens the attach dialog, with what is known filled in. */
  attach: (known: Partial<Pair>) => void;
  detach: (pair: Pair) => void;
  /** Changes fields of the open attach dialog without a new step in the history. */
  fill: (fields: Fields) => void;
  closeAttach: () => void;
  closeDetach: () => void;
  /** Opens the dialog of an action on a server. */
  act: (on: ServerActionOn) => void;
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
  const setters = useRef({ set, setPeek });
  setters.current = { set, setPeek };
  const actions = useMemo(() => makeActions(setters), []);
  return (
    <Actions value={actions}>
      <Open value={open}>{children}</Open>
    </Actions>
  );
}

function isServerAction(action: ActionName): action is ServerActionName {
  return (SERVER_ACTION_NAMES as readonly ActionName[]).includes(action);
}

type Setters = {
  current: { set: ReturnType<typeof useDialogStates>[1]; setPeek: (id: string) => unknown };
};

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
    closeDetach: () => replace({ detach: null }),
    act: (on) => push({ act: on }),
    closeAct: () => replace({ act: null }),
    peek: (id) => void setters.current.setPeek(id),
    remedy: ({ action, args }) => {
      const { serverId, volumeId, device } = args;
      if (isServerAction(action)) {
        if (serverId !== undefined) push({ act: { action, serverId } });
        return;
      }
      if (action === 'volume.detach') {
        if (serverId !== undefined && volumeId !== undefined) push({ detach: { serverId, volumeId } });
        return;
      }
      push({
        dialog: 'attach',
        detach: null,
        ...(serverId === undefined ? {} : { server: serverId }),
        ...(volumeId === undefined ? {} : { volume: volumeId }),
        ...(device === undefined ? {} : { device }),
      });
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
