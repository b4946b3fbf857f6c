'use client';

import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useTRPC } from '~/app/_trpc/context';
import { failureOf } from '~/app/_trpc/errors';
import type { Pickable } from '~/server/domain/engine/fields';
import type { Noun } from '~/server/domain/engine/verb';

const About = createContext<{ kind: Noun; id: string } | undefined>(undefined);

/** What a form is about: things to pick are of its project. */
export const PickableAbout = About.Provider;

/** @returns e.g. `an image` */
export function oneOf(of: Pickable): string {
  const word = PICKABLE_WORDS[of];
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
}

/** What can be picked, as people read it. */
export const PICKABLE_WORDS: Readonly<Record<Pickable, string>> = {
  server: 'server',
  volume: 'volume',
  snapshot: 'snapshot',
  attachment: 'attachment',
  volumeType: 'volume type',
  qosSpecs: 'set of QoS specs',
  image: 'image',
  flavor: 'flavor',
  pool: 'pool',
  host: 'host',
  project: 'project',
};

/** Things to choose from, as a picker shows them. */
export function usePickable(of: Pickable, search: string) {
  const trpc = useTRPC();
  const about = useContext(About);
  const query = useInfiniteQuery(
    trpc.actions.options.infiniteQueryOptions(
      { of, search, about },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  return {
    options: (query.data?.pages.flatMap(({ rows }) => rows) ?? []).map(({ id, name, hint }) => ({
      id,
      name: name === '' ? id : name,
      about: hint == null ? null : <span>{hint}</span>,
      refused: null,
    })),
    loading: query.isFetching,
    error: query.error === null ? null : failureOf(query.error).message,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}

/** @returns the name of a thing that was chosen, and what tells it from others; its id while that is not known */
export function usePicked(of: Pickable, id: string) {
  const trpc = useTRPC();
  const about = useContext(About);
  const query = useQuery(
    trpc.actions.options.queryOptions(id === '' ? skipToken : { of, search: id, about }),
  );
  const row = query.data?.rows.find((each) => each.id === id);
  return { name: row === undefined || row.name === '' ? id : row.name, hint: row?.hint ?? null };
}
