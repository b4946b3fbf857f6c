'use client';

import { CopyableId } from '~/app/_components/copyable';
import { Fact, FactList } from '~/app/_components/fact-list';
import { FullTime } from '~/app/_components/time';
import { nameOf } from '~/app/_entities/name';
import { ByteSize, MemorySize, Size } from '~/app/_entities/size';
import type { ImageDetail } from '~/app/_trpc/types';
import { ImageStatusBadge } from './image-status';

/** What there is to know of an image. */
export function ImageFactList({ image }: { image: ImageDetail }) {
  return (
    <FactList>
      <Fact name="Status">
        <ImageStatusBadge status={image.status} />
      </Fact>
      <Fact name="ID">
        <CopyableId id={image.id} label={`ID of ${nameOf(image)}`} full />
      </Fact>
      <Fact name="Visibility">{image.visibility}</Fact>
      <Fact name="Owner">{image.owner === null ? 'nobody' : image.owner.name}</Fact>
      <Fact name="Protected">{image.protected ? 'yes, it cannot be deleted' : 'no'}</Fact>
      <Fact name="Format">
        {image.diskFormat ?? 'not known'}
        {image.containerFormat === null ? null : (
          <span className="text-muted">in a {image.containerFormat} container</span>
        )}
      </Fact>
      <Fact name="Size">
        {image.sizeBytes === null ? (
          'not known'
        ) : (
          <span>
            <ByteSize bytes={image.sizeBytes} />
          </span>
        )}
      </Fact>
      <Fact name="Needs">
        <span>
          <Size gib={image.minDiskGib} /> of disk, <MemorySize mib={image.minRamMib} /> of memory
        </span>
      </Fact>
      <Fact name="Created">
        <FullTime iso={image.createdAt} />
      </Fact>
      <Fact name="Changed">
        <FullTime iso={image.updatedAt} />
      </Fact>
    </FactList>
  );
}

/** Further properties as text: most are, lists are joined, and what is neither is shown as the API writes it. */
export function propertiesOf({ properties }: Pick<ImageDetail, 'properties'>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => !(Array.isArray(value) && value.length === 0))
      .map(([key, value]) => [key, textOf(value)]),
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(textOf).join(', ') : JSON.stringify(value);
}
