import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { paths } from '~/app/_lib/paths';
import { requireSession } from '~/app/_lib/session';
import { Reference } from './reference';

export const metadata: Metadata = { title: 'API reference' };

export default async function ReferencePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireSession(paths.reference, searchParams);
  return (
    <div className="w-full max-w-6xl px-4 py-3 sm:px-5">
      <h1 className="font-semibold text-lg tracking-tight">API reference</h1>
      <p className="mt-1 mb-3 max-w-prose text-muted text-sm">
        What clients such as <code className="font-mono text-xs">openstack</code> ask of Mooring. The same as
        an{' '}
        <a href={paths.openApi} className="text-accent-ink underline underline-offset-2">
          OpenAPI document
        </a>{' '}
        for programs.
      </p>
      <Reference />
    </div>
  );
}
