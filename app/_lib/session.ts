import 'server-only';
import { redirect } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { api } from '~/app/_trpc/server';
import type { Session } from '~/app/_trpc/types';
import { paths } from './paths';

/** Who is logged in; one look-up a request. */
export const currentSession = cache((): Promise<Session | null> => api.session.current.query());

/**
 * For every page behind the login: the layout cannot know the URL, so each page sends its visitor away itself.
 * @param path of the page
 * @param searchParams as Next gives them
 * @returns the session; redirects to the login page when there is none
 */
export async function requireSession(path: string, searchParams: Promise<SearchParams>): Promise<Session> {
  const session = await currentSession();
  if (session !== null) return session;
  redirect(paths.login(withQuery(path, await searchParams)));
}

function withQuery(path: string, searchParams: SearchParams): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(searchParams)) {
    for (const each of [value ?? []].flat()) query.append(key, each);
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
