'use client';

import dynamic from 'next/dynamic';
import { useOpenDialogs } from '~/app/_lib/dialogs';

// Most visits open none; lists do not carry them.
export const loadAttachDialog = () => import('~/app/_attach/attach-dialog').then((file) => file.AttachDialog);
export const loadDetachDialog = () => import('~/app/_attach/detach-dialog').then((file) => file.DetachDialog);
const AttachDialog = dynamic(loadAttachDialog, { ssr: false });
const DetachDialog = dynamic(loadDetachDialog, { ssr: false });
const ServerActionDialog = dynamic(
  () => import('~/app/_actions/server-action-dialog').then((file) => file.ServerActionDialog),
  { ssr: false },
);

/**
 * The dialog that the URL names. An action on a server comes first, then a detach: each may be the remedy for which the
 * others wait beneath.
 */
export function ActionDialogs() {
  const { dialog, detach, act } = useOpenDialogs();
  if (act !== null) return <ServerActionDialog key={`${act.action} ${act.serverId}`} on={act} />;
  if (detach !== null) return <DetachDialog key={`${detach.serverId} ${detach.volumeId}`} pair={detach} />;
  if (dialog === 'attach') return <AttachDialog />;
  return null;
}
