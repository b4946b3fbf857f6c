/**
 * The procedures for the console's own server side: same process, no socket. Next bundles its own copy of every module,
 * so the bridge is a global and not an import.
 */
import { callContext, type Shared } from './call-context';
import { createCallerFactory } from './init';
import { appRouter } from './router';

const createCaller = createCallerFactory(appRouter);

export type Caller = ReturnType<typeof createCaller>;

/** @param headers of the page's request: the caller acts as its session */
export type ServerCallerBridge = (headers: Headers) => Promise<Caller>;

/** Makes the bridge known to the console's server components. */
export function installServerCaller(shared: Shared): void {
  const bridge: ServerCallerBridge = async (headers) =>
    createCaller(
      await callContext(shared, headers, () => {
        throw new Error('a page cannot set the session; the browser logs in over HTTP');
      }),
    );
  Reflect.set(globalThis, Symbol.for('mooring.caller'), bridge);
}
