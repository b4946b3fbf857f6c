'use client';

import { FullTime } from '~/app/_components/time';
import { nameOf } from '~/app/_entities/name';
import { serverTrouble } from '~/app/_entities/server-trouble';
import { TroubleNotice, useLate } from '~/app/_entities/trouble-notice';
import type { ServerDetail } from '~/app/_trpc/types';

/** What is wrong with a server, and the ways out; nothing for one that is well. */
export function ServerTroubleNotice({ server }: { server: ServerDetail }) {
  const late = useLate(server.status, server.statusSince);
  const trouble = serverTrouble(server, late);
  if (trouble === null) return null;
  const { fault, facts } = server;
  return (
    // The operation that failed says the same as the fault that it left.
    <TroubleNotice
      trouble={trouble}
      name={nameOf(facts)}
      {...(fault === null ? { about: { serverId: server.id } } : {})}
    >
      {fault === null ? null : (
        <p className="text-muted text-xs">
          <FullTime iso={fault.created} />
        </p>
      )}
    </TroubleNotice>
  );
}
