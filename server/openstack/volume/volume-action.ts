/**
 * What the actions on a volume have in common: one path, and one verb each.
 */
import type { z } from 'zod';
import type { ActionName } from '~/server/domain/action';
import { type Performed, perform } from '~/server/services/perform';
import { type Answer, type ByVersion, type Call, type Route, route } from '../route';

const PATH = '/volumes/:volumeId/action';

export type ActionCall<Body> = Call<typeof PATH, undefined, Body>;

interface Definition<Body extends z.ZodType> {
  /** Key of the body. */
  action: string;
  summary: string;
  /** With which it succeeds. */
  status: 200 | 202;
  /** First minor version that knows it. */
  since?: number;
  /** Of the value under the key; left out, it is not looked at. */
  body?: ByVersion<Body>;
  handle(call: ActionCall<z.output<Body>>): Promise<Answer>;
}

export function volumeAction<Body extends z.ZodType = z.ZodUndefined>(definition: Definition<Body>): Route {
  const { handle, ...rest } = definition;
  return route<typeof PATH, z.ZodUndefined, Body>({ ...rest, method: 'POST', path: PATH, handle });
}

/** Asks the verb for the volume in the path. */
export function act(
  { context, params }: ActionCall<unknown>,
  action: ActionName,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Performed> {
  return perform(context, { action, id: params.volumeId, input });
}
