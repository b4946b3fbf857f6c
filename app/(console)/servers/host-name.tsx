import { ServerOff } from 'lucide-react';
import { Flag } from '~/app/_components/flag';
import type { HostFacts } from '~/server/domain/server';

/** A compute host, with a sign when its service is down. */
export function HostName({ host, name }: { host: HostFacts | null; name: string | null }) {
  if (name === null) return <span className="text-faint">–</span>;
  return (
    <span className="inline-flex max-w-full items-center gap-1 text-muted">
      <span className="truncate font-mono text-xs">{name}</span>
      {host !== null && !host.up ? <Flag icon={ServerOff} label="compute service down" /> : null}
    </span>
  );
}
