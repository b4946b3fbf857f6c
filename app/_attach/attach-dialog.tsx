'use client';

import { useEffect, useRef, useState } from 'react';
import { spokenReasons } from '~/app/_components/action-button';
import { Button } from '~/app/_components/button';
import { Checkbox } from '~/app/_components/checkbox';
import { Dialog } from '~/app/_components/dialog';
import { FailureNotice } from '~/app/_components/failure-notice';
import { Picked } from '~/app/_components/picked';
import { Picker } from '~/app/_components/picker';
import { nameOf } from '~/app/_entities/name';
import { AttachOptions } from './attach-options';
import { AttachOutlook } from './attach-outlook';
import { type Attach, otherWriters, useAttach } from './use-attach';
import { AboutServer, useServerOptions } from './use-server-options';
import { AboutVolume, useVolumeOptions } from './use-volume-options';

/** Puts a volume and a server together. What speaks against it, and what will happen, shows before anybody asks for it. */
export function AttachDialog() {
  const attach = useAttach();
  const { open, dialogs, explanation } = attach;
  const writers = otherWriters(attach);
  const question = writers.map((each) => each.id).join();
  const [agreed, setAgreed] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const both = open.server !== null && open.volume !== null;
  useFocusAgain(both, submit);
  const refusals = both ? (explanation.data?.refusals ?? []) : [];
  const missing = missingStep(attach, question !== '' && agreed !== question);

  return (
    <Dialog
      title="Attach volume"
      description="A server gets a volume as a disk."
      onClose={dialogs.closeAttach}
      firstFocus={both ? submit : search}
      footer={
        <>
          <p id="attach-missing" className="mr-auto min-w-0 text-muted text-xs">
            {missing}
          </p>
          <span id="attach-reasons" hidden>
            {spokenReasons(refusals)}
          </span>
          <Button onClick={dialogs.closeAttach}>Cancel</Button>
          <Button
            ref={submit}
            look="primary"
            aria-disabled={missing !== null}
            aria-describedby={missing === null ? undefined : 'attach-missing attach-reasons'}
            onClick={() => {
              if (missing === null) attach.submit();
            }}
          >
            {attach.attach.isPending ? 'Attaching…' : 'Attach'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <VolumeField attach={attach} search={search} />
        <ServerField attach={attach} search={search} />
        {both ? (
          <>
            <AttachOptions attach={attach} />
            {attach.attach.isError ? (
              <FailureNotice error={attach.attach.error} what="The volume was not attached" />
            ) : null}
            <AttachOutlook attach={attach}>
              {question === '' || refusals.length > 0 ? null : (
                <Checkbox
                  label="It carries a cluster file system, made for several writers"
                  checked={agreed === question}
                  onChange={(checked) => setAgreed(checked ? question : null)}
                />
              )}
            </AttachOutlook>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}

/** @returns what has to happen before it can be submitted, as a sentence; null when nothing has */
function missingStep({ open, explanation, unsettled, attach }: Attach, unanswered: boolean): string | null {
  if (attach.isPending) return 'It is being attached.';
  if (open.volume === null) return 'Choose a volume first.';
  if (open.server === null) return 'Choose a server first.';
  // For a moment only: a sentence that comes and goes with every key would be worse than none.
  if (explanation.data === undefined || unsettled) return '';
  if (explanation.data.refusals.length > 0) return 'This is not possible.';
  if (unanswered) return 'Confirm first that several servers may write to it.';
  return null;
}

type FieldProps = { attach: Attach; search: React.RefObject<HTMLInputElement | null> };

function VolumeField({ attach: { open, dialogs, volume }, search }: FieldProps) {
  const useOptions = (text: string) => useVolumeOptions(open.server, text);
  useFocusAgain(open.volume === null && open.server !== null, search);
  if (open.volume === null) {
    return (
      <Picker
        label="Volume"
        placeholder="Search volumes by name or ID"
        useOptions={useOptions}
        onPick={(id) => dialogs.fill({ volume: id })}
        inputRef={search}
      />
    );
  }
  return (
    <Picked
      label="Volume"
      name={volume.data === undefined ? (volume.error?.message ?? ' ') : nameOf(volume.data.facts)}
      about={volume.data === undefined ? null : <AboutVolume row={volume.data} />}
      onChange={() => dialogs.fill({ volume: null })}
    />
  );
}

function ServerField({ attach: { open, dialogs, server }, search }: FieldProps) {
  const useOptions = (text: string) => useServerOptions(open.volume, text);
  useFocusAgain(open.server === null && open.volume !== null, search);
  // One search at a time: with neither chosen, the volume comes first.
  if (open.server === null) {
    if (open.volume === null) return null;
    return (
      <Picker
        label="Server"
        placeholder="Search servers by name or ID"
        useOptions={useOptions}
        onPick={(id) => dialogs.fill({ server: id })}
        inputRef={search}
      />
    );
  }
  return (
    <Picked
      label="Server"
      name={server.data === undefined ? (server.error?.message ?? ' ') : nameOf(server.data.facts)}
      about={server.data === undefined ? null : <AboutServer row={server.data} />}
      onChange={() => dialogs.fill({ server: null, device: null })}
    />
  );
}

/** Choosing takes away what had the focus, so what comes next gets it. */
function useFocusAgain(due: boolean, next: React.RefObject<HTMLElement | null>): void {
  const before = useRef(due);
  useEffect(() => {
    if (due && !before.current) next.current?.focus();
    before.current = due;
  }, [due, next]);
}
