import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { requireSession } from '~/app/_lib/session';

/** Addresses that lead nowhere are answered inside the console, with its navigation around. */
export default async function NowherePage({
  params,
  searchParams,
}: {
  params: Promise<{ rest: string[] }>;
  searchParams: Promise<SearchParams>;
}) {
  await requireSession(`/${(await params).rest.join('/')}`, searchParams);
  notFound();
}
