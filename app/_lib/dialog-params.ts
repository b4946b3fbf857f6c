/**
 * Dialogs live in the URL: a link can open one, the back button closes it. A detach can be opened over a half-filled
 * attach (its remedy); its parameters are apart, so the attach is there again when it closes.
 */
import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { SERVER_ACTION_NAMES, type ServerActionName } from '~/server/domain/action';
import { ATTACH_MODES } from '~/server/domain/attachment';

/** One server and one volume. */
export interface Pair {
  serverId: string;
  volumeId: string;
}

/** `<server id>~<volume id>`: no id holds a tilde. */
const parseAsPair = createParser<Pair>({
  parse(text) {
    const [serverId, volumeId, ...rest] = text.split('~');
    return serverId && volumeId && rest.length === 0 ? { serverId, volumeId } : null;
  },
  serialize: ({ serverId, volumeId }) => `${serverId}~${volumeId}`,
  eq: (one, other) => one.serverId === other.serverId && one.volumeId === other.volumeId,
});

/** An action, and the server it is done to. */
export interface ServerActionOn {
  action: ServerActionName;
  serverId: string;
}

/** `<action>~<server id>`. */
const parseAsServerAction = createParser<ServerActionOn>({
  parse(text) {
    const [name, serverId, ...rest] = text.split('~');
    const action = SERVER_ACTION_NAMES.find((each) => each === name);
    return action !== undefined && serverId && rest.length === 0 ? { action, serverId } : null;
  },
  serialize: ({ action, serverId }) => `${action}~${serverId}`,
  eq: (one, other) => one.action === other.action && one.serverId === other.serverId,
});

export const dialogParams = {
  dialog: parseAsStringLiteral(['attach']),
  server: parseAsString,
  volume: parseAsString,
  device: parseAsString,
  as: parseAsStringLiteral(ATTACH_MODES),
  tag: parseAsString,
  deleteOnTermination: parseAsBoolean,
  detach: parseAsPair,
  act: parseAsServerAction,
};

export const dialogUrlKeys = { deleteOnTermination: 'dot' } as const;
