'use client';

import { useQuery } from '@tanstack/react-query';
import { CreateButton } from '~/app/_actions/create-button';
import { ObjectActionsMenu } from '~/app/_actions/object-actions-menu';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { useActor } from '~/app/_shell/session-provider';
import { useTRPC } from '~/app/_trpc/context';
import type { QosRow, VolumeTypeRow } from '~/app/_trpc/types';
import { policyRefusal } from '~/server/domain/policy';
import type { QosConsumer } from '~/server/domain/qos';

type Type = Pick<VolumeTypeRow, 'id' | 'name'>;

const KEPT_BY: Readonly<Record<QosConsumer, string>> = {
  'front-end': 'kept by hosts',
  'back-end': 'kept by storage',
  both: 'kept by hosts and storage',
};

/** How fast volumes of a type may be, and what else it could be given; for who may know. */
export function QualityOfService({ type }: { type: Type }) {
  const refused = policyRefusal('volume_extension:qos_specs_manage:get_all', useActor(), null);
  return refused === null ? <QosOfType type={type} /> : null;
}

function QosOfType({ type }: { type: Type }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.volumeTypes.qosSpecs.queryOptions());
  const isOwn = ({ types }: QosRow) => types.some(({ id }) => id === type.id);
  const own = data?.find(isOwn);
  const others = data?.filter((row) => !isOwn(row)) ?? [];
  return (
    <>
      <Section title="Quality of service" action={<CreateButton verb="qos-specs.create" look="secondary" />}>
        {data === undefined ? (
          <div className="h-9" />
        ) : own === undefined ? (
          <p className="text-muted text-sm">None: volumes of this type have no limits of speed.</p>
        ) : (
          <>
            <QosLine qos={own} about={KEPT_BY[own.consumer]} />
            <div className="mt-2">
              <MetadataList metadata={own.specs} />
            </div>
          </>
        )}
      </Section>
      {others.length === 0 ? null : (
        <Section title="Other QoS specs" count={others.length}>
          <ul className="divide-y rounded-md border px-3 py-0.5">
            {others.map((qos) => (
              <li key={qos.id}>
                <QosLine qos={qos} about={`${KEPT_BY[qos.consumer]}, ${usersOf(qos)}`} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function QosLine({ qos: { id, name }, about }: { qos: QosRow; about: string }) {
  return (
    <div className="flex min-h-9 items-center gap-2 py-1 text-sm">
      <span className="min-w-0 break-all">{name}</span>
      <span className="flex-1 text-muted">{about}</span>
      <ObjectActionsMenu object={{ kind: 'qosSpecs', id, name }} />
    </div>
  );
}

function usersOf({ types }: QosRow): string {
  if (types.length === 0) return 'no type has them';
  return types.length === 1 ? '1 type has them' : `${types.length} types have them`;
}
