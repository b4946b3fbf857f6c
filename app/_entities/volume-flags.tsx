import { PencilOff, Rocket, Split } from 'lucide-react';
import { Flag } from '~/app/_components/flag';
import type { VolumeFacts } from '~/server/domain/volume';

/** What is special about a volume. */
export function VolumeFlags({
  facts,
}: {
  facts: Pick<VolumeFacts, 'multiattach' | 'bootable' | 'readonly'>;
}) {
  return (
    <>
      {facts.multiattach ? <Flag icon={Split} label="multiattach" /> : null}
      {facts.bootable ? <Flag icon={Rocket} label="bootable" /> : null}
      {facts.readonly ? <Flag icon={PencilOff} label="read-only" /> : null}
    </>
  );
}
