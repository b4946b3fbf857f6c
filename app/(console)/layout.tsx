import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { currentSession } from '~/app/_lib/session';
import { RAIL_COOKIE } from '~/app/_shell/rail-cookie';
import { Shell } from '~/app/_shell/shell';
import { api } from '~/app/_trpc/server';

/** Every page asks for the session itself, because only a page knows where to come back to after the login. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  if (session === null) return children;
  const since = await api.changes.position.query();
  const rail = (await cookies()).get(RAIL_COOKIE)?.value;
  return (
    <Shell session={session} since={since} compactRail={rail === 'compact'}>
      {children}
    </Shell>
  );
}
