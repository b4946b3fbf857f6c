/**
 * From a request's headers to the context of its call.
 */
import { parse } from 'hono/utils/cookie';
import { findSession } from '~/server/services/sessions';
import type { CallContext } from './init';

/** The session's cookie; `__Host-` would forbid plain http, which a demo on localhost speaks. */
export const SESSION_COOKIE = 'mooring_session';

/** What all calls of a process share. */
export type Shared = Pick<CallContext, 'runtime' | 'feed' | 'stopping'>;

/**
 * @param headers of the request, with those the front door adds
 * @param setToken what to do when the call logs in or out
 */
export async function callContext(
  shared: Shared,
  headers: Headers,
  setToken: CallContext['setToken'],
): Promise<CallContext> {
  const token = parse(headers.get('cookie') ?? '', SESSION_COOKIE)[SESSION_COOKIE] ?? null;
  return {
    ...shared,
    requestId: headers.get('x-openstack-request-id') ?? 'req-unknown',
    address: headers.get('x-mooring-address') ?? '',
    token,
    session: token === null ? null : await findSession(shared.runtime, token),
    setToken,
  };
}
