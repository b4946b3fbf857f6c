/**
 * Dialogs live in the URL: a link can open one, the back button closes it. A detach can be opened over a half-filled
 * attach (its remedy); its parameters are apart, so the attach is there again when it closes.
 */
import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';
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

export const dialogParams = {
  dialog: parseAsStringLiteral(['attach']),
  server: parseAsString,
  volume: parseAsString,
  device: parseAsString,
  as: parseAsStringLiteral(ATTACH_MODES),
  tag: parseAsString,
  deleteOnTermination: parseAsBoolean,
  detach: parseAsPair,
};

export const dialogUrlKeys = { deleteOnTermination: 'dot' } as const;
