/**
 * Dialogs live in the URL: a link can open one, the back button closes it. One can be opened over another that is half
 * filled (its remedy); what waits beneath keeps its parameters, and is there again when the upper one closes.
 */
import {
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import { ACTION_NAMES, type ActionName } from '~/server/domain/action';
import { ATTACH_MODES } from '~/server/domain/attachment';

/** One server and one volume. */
export interface Pair {
  serverId: string;
  volumeId: string;
}

/** `<server id>~<volume id>`: no id holds a tilde. */
export const parseAsPair = createParser<Pair>({
  parse(text) {
    const [serverId, volumeId, ...rest] = text.split('~');
    return serverId && volumeId && rest.length === 0 ? { serverId, volumeId } : null;
  },
  serialize: ({ serverId, volumeId }) => `${serverId}~${volumeId}`,
  eq: (one, other) => one.serverId === other.serverId && one.volumeId === other.volumeId,
});

/** What is known of a form when it opens, by field. */
export type Prefill = Readonly<Record<string, string>>;

/** `status=available&name=data-1`, written as one parameter. */
const parseAsPrefill = createParser<Prefill>({
  parse: (text) => Object.fromEntries(new URLSearchParams(text)),
  serialize: (prefill) => new URLSearchParams(prefill).toString(),
  eq: (one, other) => JSON.stringify(one) === JSON.stringify(other),
});

/** Attaching has a dialog with parameters of its own. */
export type DialogAction = Exclude<ActionName, 'volume.attach'>;

export const DIALOG_ACTIONS = ACTION_NAMES.filter((name) => name !== 'volume.attach') as DialogAction[];

/** An action and the object it is done to; the pair, for a detach. */
export interface ActionOn {
  action: DialogAction;
  id: string;
}

export const dialogParams = {
  dialog: parseAsStringLiteral(['attach']),
  server: parseAsString,
  volume: parseAsString,
  device: parseAsString,
  as: parseAsStringLiteral(ATTACH_MODES),
  tag: parseAsString,
  deleteOnTermination: parseAsBoolean,
  detach: parseAsPair,
  /** Actions whose dialogs are open, the uppermost last. */
  do: parseAsArrayOf(parseAsStringLiteral(DIALOG_ACTIONS)),
  /** The object of each. */
  on: parseAsArrayOf(parseAsString),
  /** What the uppermost was opened with. */
  with: parseAsPrefill,
};

export const dialogUrlKeys = { deleteOnTermination: 'dot' } as const;
