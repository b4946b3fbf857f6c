'use client';

import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { Checkbox } from '~/app/_components/checkbox';
import { SelectField, TextField } from '~/app/_components/field';
import { type Attach, nextDevice } from './use-attach';

/** How the disk shows in the guest; all of it may be left alone. */
export function AttachOptions({ attach }: { attach: Attach }) {
  const { open, dialogs, server, volume, explanation } = attach;
  const id = useId();
  const free = nextDevice(attach);
  const readonly = volume.data?.facts.readonly === true;
  const offloaded = server.data?.facts.vmState === 'shelved_offloaded';
  const deviceRefused = explanation.data?.refusals.some(({ rule }) =>
    rule.startsWith('volume.attach.device-'),
  );
  return (
    <div className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          id={`${id}-device`}
          label="Device"
          placeholder={offloaded ? 'chosen at unshelve' : (free ?? '')}
          note={
            offloaded
              ? 'The server is on no host; it gets its device when it is unshelved.'
              : 'Optional. Empty takes the next free one.'
          }
          error={deviceRefused ? 'Refused; the reason is below.' : undefined}
          autoComplete="off"
          spellCheck={false}
          value={open.device ?? ''}
          onChange={(event) => dialogs.fill({ device: event.target.value || null })}
        />
        <SelectField
          id={`${id}-mode`}
          label="Mode"
          note={readonly ? 'The volume itself is read-only.' : undefined}
          value={readonly ? 'ro' : (open.as ?? 'rw')}
          disabled={readonly}
          onChange={(event) => dialogs.fill({ as: event.target.value === 'ro' ? 'ro' : null })}
        >
          <option value="rw">Read and write</option>
          <option value="ro">Read-only</option>
        </SelectField>
      </div>
      <details className="group" open={open.tag !== null || open.deleteOnTermination === true || undefined}>
        <summary className="-mx-1 inline-flex min-h-6 list-none items-center gap-1 rounded px-1 text-muted text-sm hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
          More
        </summary>
        <div className="mt-2 space-y-3">
          <TextField
            id={`${id}-tag`}
            label="Tag"
            note="Optional. Shown inside the guest, so that software there can find the disk."
            maxLength={60}
            autoComplete="off"
            spellCheck={false}
            value={open.tag ?? ''}
            onChange={(event) => dialogs.fill({ tag: event.target.value || null })}
          />
          <Checkbox
            label="Delete the volume together with the server"
            checked={open.deleteOnTermination === true}
            onChange={(checked) => dialogs.fill({ deleteOnTermination: checked || null })}
          />
        </div>
      </details>
    </div>
  );
}
