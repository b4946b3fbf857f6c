'use client';

import dynamic from 'next/dynamic';
import { useOpenDialogs } from '~/app/_lib/dialogs';

// Most visits open neither; lists do not carry them.
export const loadAttachDialog = () => import('~/app/_attach/attach-dialog').then((file) => file.AttachDialog);
export const loadDetachDialog = () => import('~/app/_attach/detach-dialog').then((file) => file.DetachDialog);
const AttachDialog = dynamic(loadAttachDialog, { ssr: false });
const DetachDialog = dynamic(loadDetachDialog, { ssr: false });

/** The dialog that the URL names. A detach comes first: an attach may wait beneath it for what its remedy does. */
export function ActionDialogs() {
  const { dialog, detach } = useOpenDialogs();
  if (detach !== null) return <DetachDialog key={`${detach.serverId} ${detach.volumeId}`} pair={detach} />;
  if (dialog === 'attach') return <AttachDialog />;
  return null;
}
