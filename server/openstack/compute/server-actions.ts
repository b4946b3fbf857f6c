/**
 * Actions on servers: each is one verb.
 */
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { VerbName } from '~/server/domain/verb-catalogue';
import { perform } from '~/server/services/perform';
import { type Answer, answer, type ByVersion, empty, type Route, route } from '../route';
import { storedId } from './schema-types';
import { ANYTHING, LOCK, REBOOT, RESCUE, RESET_STATE, RESIZE, UNSHELVE } from './server-action-schemas';

const PASSWORD_BYTES = 9;

interface Shape<Body extends z.ZodType> {
  summary: string;
  body: ByVersion<Body>;
  /** The verb, and what it is asked with. */
  call(body: z.output<Body>): { verb: VerbName; input?: Readonly<Record<string, unknown>> };
  /** 202 without a body, when left out. */
  told?(body: z.output<Body>): Answer;
}

function actionRoute<Body extends z.ZodType>(action: string, shape: Shape<Body>): Route {
  return route({
    method: 'POST',
    path: '/servers/:serverId/action',
    action,
    summary: shape.summary,
    body: shape.body,
    async handle({ context, params, body }) {
      const { verb, input = {} } = shape.call(body);
      await perform(context, { action: verb, id: storedId(params.serverId), input });
      return shape.told?.(body) ?? empty(202);
    },
  });
}

/** An action without arguments. */
function plain(action: string, summary: string, verb: VerbName, status: 202 | 204 = 202): Route {
  return actionRoute(action, {
    summary,
    body: ANYTHING,
    call: () => ({ verb }),
    told: () => empty(status),
  });
}

export const SERVER_ACTION_ROUTES: readonly Route[] = [
  plain('os-start', 'Start a server', 'server.start'),
  plain('os-stop', 'Stop a server', 'server.stop'),
  plain('pause', 'Pause a server', 'server.pause'),
  plain('unpause', 'Unpause a server', 'server.unpause'),
  plain('suspend', 'Suspend a server', 'server.suspend'),
  plain('resume', 'Resume a server', 'server.resume'),
  plain('shelve', 'Shelve a server', 'server.shelve'),
  plain('shelveOffload', 'Take a shelved server off its host', 'server.shelve-offload'),
  plain('confirmResize', 'Confirm a resize', 'server.confirm-resize', 204),
  plain('revertResize', 'Take a resize back', 'server.revert-resize'),
  plain('unrescue', 'Unrescue a server', 'server.unrescue'),
  plain('unlock', 'Unlock a server', 'server.unlock'),
  plain('restore', 'Restore a server that waits for its deletion', 'server.restore'),
  plain('forceDelete', 'Delete a server for good', 'server.force-delete'),
  actionRoute('reboot', {
    summary: 'Reboot a server, softly or hard',
    body: REBOOT,
    call: ({ type }) => ({ verb: type }),
  }),
  actionRoute('unshelve', {
    summary: 'Unshelve a server',
    body: UNSHELVE,
    call: (input) => ({ verb: 'server.unshelve', input: { ...input } }),
  }),
  actionRoute('resize', {
    summary: 'Give a server another flavor',
    body: RESIZE,
    call: ({ flavorRef }) => ({ verb: 'server.resize', input: { flavor: flavorRef } }),
  }),
  actionRoute('rescue', {
    summary: 'Rescue a server',
    body: RESCUE,
    call: () => ({ verb: 'server.rescue' }),
    told: (body) =>
      answer({ adminPass: body?.adminPass ?? randomBytes(PASSWORD_BYTES).toString('base64url') }),
  }),
  actionRoute('lock', {
    summary: 'Lock a server',
    body: LOCK,
    call: (input) => ({ verb: 'server.lock', input: { ...input } }),
  }),
  actionRoute('os-resetState', {
    summary: 'Set the state of a server',
    body: RESET_STATE,
    call: (input) => ({ verb: 'server.reset-state', input }),
  }),
];
