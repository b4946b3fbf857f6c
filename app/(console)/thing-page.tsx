import 'server-only';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { type ComponentType, cache } from 'react';
import { currentSession, requireSession } from '~/app/_lib/session';
import { found, Hydrate } from '~/app/_trpc/server';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

/**
 * The page of one thing: read once on the server, for its title and for what is shown; not found where it is not there
 * or not the reader's.
 * @param path its URL
 * @param read fetches it into the cache of the request
 * @param View what is shown
 */
export function thingPage<Thing>({
  path,
  read,
  title,
  View,
}: {
  path: (id: string) => string;
  read: (id: string) => Promise<Thing>;
  title: (thing: Thing) => string;
  View: ComponentType<{ id: string }>;
}) {
  const readOnce = cache((id: string) => found(() => read(id)));

  async function generateMetadata({ params }: Props): Promise<Metadata> {
    if ((await currentSession()) === null) return {};
    const thing = await readOnce((await params).id);
    return { title: thing === null ? 'Not found' : title(thing) };
  }

  async function Page({ params, searchParams }: Props) {
    const { id } = await params;
    await requireSession(path(id), searchParams);
    if ((await readOnce(id)) === null) notFound();
    return (
      <Hydrate>
        <View id={id} />
      </Hydrate>
    );
  }

  return { generateMetadata, Page };
}
