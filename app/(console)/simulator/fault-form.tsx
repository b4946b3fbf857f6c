'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { AboutVolume, useVolumeOptions } from '~/app/_attach/use-volume-options';
import { announce } from '~/app/_components/announce';
import { Button } from '~/app/_components/button';
import { Checkbox } from '~/app/_components/checkbox';
import { FailureNotice } from '~/app/_components/failure-notice';
import { SelectField, TextField } from '~/app/_components/field';
import { Picked } from '~/app/_components/picked';
import { Picker } from '~/app/_components/picker';
import { nameOf } from '~/app/_entities/name';
import { useTRPC } from '~/app/_trpc/context';
import type { Inputs } from '~/app/_trpc/types';

type Call = Inputs['simulator']['plan']['call'];

const MEANING: Record<Call, string> = {
  getConnector: 'attach: the host does not say how it connects',
  initializeConnection: 'attach: storage does not export the volume',
  attachDevice: 'attach: the guest does not take the disk',
  detachDevice: 'detach: the guest does not let go',
  terminateConnection: 'detach: storage does not end the export',
  powerOn: 'start: the host does not start the server',
  powerOff: 'stop: the host does not stop the server',
  rebootSoft: 'reboot: the guest does not restart',
  rebootHard: 'hard reboot: the host does not restart the server',
  pause: 'pause: the host does not pause the server',
  unpause: 'unpause: the host does not let the server go on',
  suspend: 'suspend: the host does not put the server to disk',
  resume: 'resume: the host does not bring the server back',
  rescue: 'rescue: the host does not boot the rescue image',
  unrescue: 'unrescue: the host does not boot the server’s own disk',
  createVolume: 'create volume: storage does not make it',
  deleteVolume: 'delete volume: storage does not remove it',
  extendVolume: 'extend: storage does not make the volume larger',
  createSnapshot: 'create snapshot: storage does not make it',
  deleteSnapshot: 'delete snapshot: storage does not remove it',
  revertToSnapshot: 'revert: storage does not go back to the snapshot',
  copyVolumeToImage: 'upload to image: the data is not copied',
  copyVolume: 'migrate: the data is not copied',
  retypeVolume: 'change type: storage does not change the volume',
  reimageVolume: 'reimage: the image is not written',
  unmanageVolume: 'unmanage: storage does not let the volume go',
  spawn: 'create server: the host does not start it',
  destroy: 'delete server: the host does not remove it',
  shelve: 'shelve: the host does not shelve the server',
  offload: 'shelve-offload: the host does not let the server go',
  unshelve: 'unshelve: the host does not take the server',
  resize: 'resize: the host does not resize the server',
  confirmResize: 'confirm resize: the old host does not clear away',
  revertResize: 'revert resize: the old host does not take the server back',
  extendDevice: 'extend in use: the guest does not see the new size',
  swapDevice: 'swap: the host does not swap the disk',
};

/** Says which call fails, for which volume, how, and how often. */
export function FaultForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: calls = [] } = useQuery(trpc.simulator.calls.queryOptions());
  const [call, setCall] = useState<Call>('attachDevice');
  const [volumeId, setVolumeId] = useState<string | null>(null);
  const [retryable, setRetryable] = useState(false);
  const plan = useMutation(
    trpc.simulator.plan.mutationOptions({
      onSuccess: () => {
        announce('Fault planned');
        return queryClient.invalidateQueries(trpc.simulator.faults.queryFilter());
      },
    }),
  );

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    plan.mutate({
      call,
      volumeId,
      retryable,
      message: String(form.get('message') ?? ''),
      times: Number(form.get('times') ?? 1),
    });
  }

  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <SelectField
        id="fault-call"
        label="Driver call"
        note={MEANING[call]}
        value={call}
        onChange={(event) => {
          const chosen = calls.find((each) => each === event.target.value);
          if (chosen !== undefined) setCall(chosen);
        }}
      >
        {calls.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
      <VolumeChoice volumeId={volumeId} onChoose={setVolumeId} />
      <TextField
        id="fault-message"
        name="message"
        label="What the backend says"
        defaultValue="The backend does not answer"
        maxLength={500}
        required
      />
      <TextField
        id="fault-times"
        name="times"
        type="number"
        label="How often"
        min={1}
        max={100}
        defaultValue={1}
        required
      />
      <Checkbox
        label="It may pass by itself"
        note="The operation then tries again before it rolls back."
        checked={retryable}
        onChange={setRetryable}
      />
      {plan.isError ? <FailureNotice error={plan.error} what="The fault was not planned" /> : null}
      <Button type="submit" look="primary" aria-disabled={plan.isPending || undefined}>
        Plan fault
      </Button>
    </form>
  );
}

function VolumeChoice({
  volumeId,
  onChoose,
}: {
  volumeId: string | null;
  onChoose: (id: string | null) => void;
}) {
  const trpc = useTRPC();
  const [choosing, setChoosing] = useState(false);
  const volume = useQuery(
    trpc.volumes.get.queryOptions({ id: volumeId ?? '' }, { enabled: volumeId !== null }),
  );
  const useOptions = (search: string) => useVolumeOptions(null, search);
  if (choosing) {
    return (
      <Picker
        label="Volume"
        placeholder="Search volumes by name or ID"
        useOptions={useOptions}
        onPick={(id) => {
          onChoose(id);
          setChoosing(false);
        }}
      />
    );
  }
  return (
    <div>
      <Picked
        label="Volume"
        name={
          volumeId === null
            ? 'Whichever comes first'
            : volume.data === undefined
              ? ' '
              : nameOf(volume.data.facts)
        }
        about={volumeId !== null && volume.data !== undefined ? <AboutVolume row={volume.data} /> : null}
        onChange={() => setChoosing(true)}
      />
      {volumeId === null ? null : (
        <Button look="ghost" size="small" className="mt-1" onClick={() => onChoose(null)}>
          Whichever comes first
        </Button>
      )}
    </div>
  );
}
