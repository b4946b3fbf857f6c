import { Unlink } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonStyle } from './_components/button';
import { EmptyState } from './_components/empty-state';
import { paths } from './_lib/paths';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-16">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Unlink}
        title="Nothing is moored here"
        action={
          <Link href={paths.home} className={buttonStyle({ look: 'primary' })}>
            To the servers
          </Link>
        }
      >
        The address leads nowhere. Perhaps it was cut short when it was copied.
      </EmptyState>
    </main>
  );
}
