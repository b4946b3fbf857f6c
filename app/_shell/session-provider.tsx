'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Session } from '~/app/_trpc/types';
import type { Actor } from '~/server/domain/roles';

const Context = createContext<Session | null>(null);

/** Tells everything below who is logged in. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** @throws Error outside of the part of the console that is behind the login */
export function useSession(): Session {
  const session = useContext(Context);
  if (session === null) throw new Error('There is no session here; this belongs behind the login.');
  return session;
}

/** @returns who asks, as the rules see them */
export function useActor(): Actor {
  return useSession().actor;
}
