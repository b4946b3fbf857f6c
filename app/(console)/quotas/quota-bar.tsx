import Link from 'next/link';
import { Meter } from '~/app/_components/meter';
import { paths } from '~/app/_lib/paths';
import type { QuotaRow } from '~/app/_trpc/types';
import { UNLIMITED } from '~/server/domain/quota';
import { amountText, resourceLabel } from './resource-words';

export type Entry = QuotaRow['resources'][number];

/** Counted for each volume, and not for all of them together. */
const PER_VOLUME = 'per_volume_gigabytes';

/** @returns how much is taken of how much, in words */
function takenText({ resource, inUse, reserved, limit }: Entry): string {
  const taken = `${amountText(resource, inUse)} used`;
  const held = reserved > 0 ? `, ${amountText(resource, reserved)} reserved` : '';
  return `${taken}${held}, ${limit === UNLIMITED ? 'without limit' : `limit ${amountText(resource, limit)}`}`;
}

/** Where what is counted is listed. */
const LISTS: Record<string, string> = {
  volumes: paths.volumes,
  snapshots: paths.snapshots,
  instances: paths.servers,
};

/**
 * One resource of a project: its name, a bar where there is a limit, and the numbers.
 * @param linked whether its name leads to the list of what is counted
 */
export function QuotaBar({ entry, linked }: { entry: Entry; linked: boolean }) {
  const { resource, inUse, reserved, limit } = entry;
  const unlimited = limit === UNLIMITED;
  const list = linked ? LISTS[resource] : undefined;
  return (
    <li className="grid @2xl:grid-cols-[11rem_minmax(0,1fr)_15rem] grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-3 py-2 text-sm">
      <span className="truncate">
        {list === undefined ? (
          resourceLabel(resource)
        ) : (
          <Link
            href={list}
            prefetch={false}
            className="rounded underline-offset-2 hover:text-accent-ink hover:underline"
          >
            {resourceLabel(resource)}
          </Link>
        )}
      </span>
      <span className="@2xl:col-span-1 col-span-2 @2xl:col-start-2 @2xl:row-start-1 row-start-2">
        {unlimited || resource === PER_VOLUME ? (
          <span className="block h-1.5 rounded-full border border-line-strong border-dashed" />
        ) : (
          <Meter
            label={resourceLabel(resource)}
            used={inUse}
            reserved={reserved}
            limit={limit}
            text={takenText(entry)}
          />
        )}
      </span>
      <span className="text-right tabular-nums">
        {resource === PER_VOLUME ? (
          <span className="text-muted">
            {unlimited ? 'as large as it likes' : `at most ${amountText(resource, limit)}`}
          </span>
        ) : (
          <Numbers entry={entry} />
        )}
      </span>
    </li>
  );
}

/** What is taken and what is allowed. */
function Numbers({ entry }: { entry: Entry }) {
  const { resource, inUse, limit } = entry;
  return (
    <>
      {amountText(resource, inUse)}
      <Reserved entry={entry} />
      <span className="text-muted">
        {limit === UNLIMITED ? ', no limit' : ` of ${amountText(resource, limit)}`}
      </span>
    </>
  );
}

/** The same in the cell of a table: the numbers, with a hair of a bar under them where there is a limit. */
export function QuotaCell({ entry }: { entry: Entry | undefined }) {
  if (entry === undefined) return <span className="text-faint">–</span>;
  const { resource, inUse, reserved, limit } = entry;
  if (limit === UNLIMITED) {
    if (inUse + reserved === 0) return <span className="text-faint">–</span>;
    return (
      <span className="text-xs">
        {amountText(resource, inUse)}
        <Reserved entry={entry} />
      </span>
    );
  }
  return (
    <span className="flex flex-col gap-1">
      <span className="truncate text-xs tabular-nums leading-none" data-hint={takenText(entry)}>
        <Numbers entry={entry} />
      </span>
      <Meter
        label={resourceLabel(resource)}
        used={inUse}
        reserved={reserved}
        limit={limit}
        text={takenText(entry)}
        thin
      />
    </span>
  );
}

function Reserved({ entry: { resource, reserved } }: { entry: Entry }) {
  return reserved > 0 ? <span className="text-progress"> + {amountText(resource, reserved)}</span> : null;
}
