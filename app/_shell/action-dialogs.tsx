'use client';

import dynamic from 'next/dynamic';
import { parseAsPair } from '~/app/_lib/dialog-params';
import { useOpenAction, useOpenDialogs } from '~/app/_lib/dialogs';

// Most visits open none; lists do not carry them.
export const loadAttachDialog = () => import('~/app/_attach/attach-dialog').then((file) => file.AttachDialog);
export const loadDetachDialog = () => import('~/app/_attach/detach-dialog').then((file) => file.DetachDialog);
const AttachDialog = dynamic(loadAttachDialog, { ssr: false });
const DetachDialog = dynamic(loadDetachDialog, { ssr: false });
const VerbDialog = dynamic(() => import('~/app/_actions/verb-dialog').then((file) => file.VerbDialog), {
  ssr: false,
});

/** The dialog that the URL names, the uppermost of several: each may be the remedy for which another waits beneath. */
export function ActionDialogs() {
  const { dialog, detach } = useOpenDialogs();
  const action = useOpenAction();
  if (action !== null && action.action !== 'volume.detach') {
    const { action: name, id, prefill } = action;
    return <VerbDialog key={`${name} ${id}`} action={name} id={id} prefill={prefill} />;
  }
  const pair = action === null ? detach : parseAsPair.parse(action.id);
  if (pair !== null) return <DetachDialog key={`${pair.serverId} ${pair.volumeId}`} pair={pair} />;
  if (dialog === 'attach') return <AttachDialog />;
  return null;
}
