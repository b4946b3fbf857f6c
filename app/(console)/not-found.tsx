import { Unlink } from 'lucide-react';
import Link from 'next/link';
import { buttonStyle } from '~/app/_components/button';
import { EmptyState } from '~/app/_components/empty-state';
import { paths } from '~/app/_lib/paths';

/** A thing that is not there, or is somebody else's: both look the same on purpose. */
export default function NotFoundHere() {
  return (
    <div className="grid flex-1 place-items-center px-4 py-16">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Unlink}
        title="Nothing is moored here"
        action={
          <Link href={paths.servers} className={buttonStyle({ look: 'primary' })}>
            To the servers
          </Link>
        }
      >
        It may have been deleted, belong to a project that you do not work in, or the address was cut short.
      </EmptyState>
    </div>
  );
}
