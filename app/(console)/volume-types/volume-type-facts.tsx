'use client';

import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { MetadataList } from '~/app/_components/metadata-list';
import { Section } from '~/app/_components/section';
import { FullTime } from '~/app/_components/time';
import { Size } from '~/app/_entities/size';
import type { VolumeTypeDetail } from '~/app/_trpc/types';
import { Access } from './access';
import { VolumesOfType } from './volumes-of-type';

/** What there is to know of a volume type. */
export function VolumeTypeFactList({ type }: { type: VolumeTypeDetail }) {
  return (
    <FactList>
      <Fact name="ID">
        <CopyableId id={type.id} label={`ID of ${type.name}`} full />
      </Fact>
      {type.description ? <Fact name="Description">{type.description}</Fact> : null}
      <Fact name="For">
        <Access type={type} />
      </Fact>
      <Fact name="Multiattach">{type.multiattach ? 'yes, its volumes can be on several servers' : 'no'}</Fact>
      {type.encryption === null ? null : <Fact name="Encryption">{encryptionText(type.encryption)}</Fact>}
      <Fact name="Volumes">{type.volumes === 0 ? 'none' : <VolumesOfType type={type} />}</Fact>
      <Fact name="Snapshots">{type.snapshots === 0 ? 'none' : type.snapshots.toLocaleString()}</Fact>
      <Fact name="In use">
        <span>
          <Size gib={type.gigabytes} />
        </span>
      </Fact>
      <Fact name="Created">
        <FullTime iso={type.createdAt} />
      </Fact>
    </FactList>
  );
}

/** e.g. `luks by hosts, aes-xts-plain64, 256 bits`. */
function encryptionText(encryption: NonNullable<VolumeTypeDetail['encryption']>): string {
  const { provider, controlLocation, cipher, keySize } = encryption;
  const by = controlLocation === 'front-end' ? 'hosts' : 'storage';
  const parts = [`${provider} by ${by}`, cipher, keySize === null ? null : `${keySize} bits`];
  return parts.filter((part) => part !== null).join(', ');
}

/** What it asks of a backend. */
export function ExtraSpecs({ type }: { type: VolumeTypeDetail }) {
  return (
    <Section title="Extra specs" count={Object.keys(type.extraSpecs).length}>
      <MetadataList metadata={type.extraSpecs} />
    </Section>
  );
}

/** The projects that may use it, for who may know. */
export function ProjectsWithAccess({ type }: { type: VolumeTypeDetail }) {
  if (type.access === null && !type.public) return null;
  return (
    <Section title="Access" {...(type.public || type.access === null ? {} : { count: type.access.length })}>
      {type.public || type.access === null ? (
        <p className="text-muted text-sm">It is public: every project may use it.</p>
      ) : type.access.length === 0 ? (
        <p className="text-muted text-sm">It is private, and no project has been let in.</p>
      ) : (
        <ul className="divide-y rounded-md border text-sm">
          {type.access.map((project) => (
            <li key={project.id} className="flex flex-wrap items-center justify-between gap-x-4 px-3 py-1.5">
              <span className="break-all">{project.name}</span>
              <CopyableId id={project.id} label={`ID of project ${project.name}`} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
