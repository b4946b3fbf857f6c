/** Remembers the width of the rail, so that the server draws it right at once. */
export const RAIL_COOKIE = 'mooring-rail';

const A_YEAR_IN_MS = 31_536_000_000;

/** Forgotten with the tab where the browser has no cookie store (old ones, or plain http to another machine). */
export function rememberRail(compact: boolean): void {
  if (!('cookieStore' in window)) return;
  void window.cookieStore.set({
    name: RAIL_COOKIE,
    value: compact ? 'compact' : 'wide',
    path: '/',
    sameSite: 'lax',
    expires: Date.now() + A_YEAR_IN_MS,
  });
}
