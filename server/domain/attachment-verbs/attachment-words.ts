/**
 * How the verbs on attachments are said to a terminal and to a program.
 */
import type { Json } from '../connection';
import type { Ask } from '../engine/verb';
import { volumeAction } from '../volume-verbs/volume-words';

type Body = { readonly [key: string]: Json } | null;

/** @returns a command of the client, at the microversion that knows all of its options */
export function volumeCommand(...words: string[]): string {
  return `openstack --os-volume-api-version 3.54 volume ${words.filter((each) => each !== '').join(' ')}`;
}

/** @returns a request on one attachment */
export function attachmentRequest(
  { actor, id }: Pick<Ask<object>, 'actor' | 'id'>,
  method: 'POST' | 'PUT' | 'DELETE',
  body: Body,
  suffix = '',
) {
  return { method, path: `/v3/${actor.projectId}/attachments/${id}${suffix}`, body } as const;
}

/** What programs ask of a volume and no client has a command for. */
export function volumeActionByRequest(ask: Pick<Ask<object>, 'actor' | 'id'>, body: NonNullable<Body>) {
  const headers = '-H "X-Auth-Token: $OS_TOKEN" -H "Content-Type: application/json"';
  return volumeAction(
    ask,
    `curl ${headers} -d '${JSON.stringify(body)}' "$VOLUME_ENDPOINT/volumes/${ask.id}/action"`,
    body,
  );
}

/** What stands for a connector where one is shown: it is brought along by programs, and holds secrets. */
export const SHOWN_CONNECTOR = { host: 'HOST', initiator: 'INITIATOR' } as const;
