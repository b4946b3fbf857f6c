/**
 * Operations in words.
 */
import { ACTIONS, type ActionName } from '~/server/domain/action';
import type { FailureCause, OperationOutcome, OperationPhase } from '~/server/domain/operation';
import type { StatusFamily } from '~/server/domain/volume';

const PHASES: Record<OperationPhase, string> = {
  reserve: 'Reserved the volume',
  connect: 'Connecting host and storage',
  export: 'Exporting the volume',
  complete: 'Giving the disk to the guest',
  detach: 'Waiting for the guest to let go',
  disconnect: 'Disconnecting the host',
  finish: 'Removing the attachment',
  act: 'Waiting for the host',
  'roll-back': 'Undoing what was done',
  build: 'Building it',
  copy: 'Copying the data',
  swap: 'Swapping the disk under the guest',
  tell: 'Telling the host',
  clear: 'Clearing away what is left',
};

/** @returns what a phase does; `Accepted` before the first */
export function phaseText(phase: OperationPhase | null): string {
  return phase === null ? 'Accepted' : PHASES[phase];
}

function isAction(name: string): name is ActionName {
  return name in ACTIONS;
}

/** @returns e.g. `Attach`; the name that another cloud gave it where it is none of ours */
export function actionLabel(action: string): string {
  if (isAction(action)) return ACTIONS[action].label;
  const words = action.replaceAll(/[._-]/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

interface Named {
  action: string;
  serverName: string | null;
  volumeName: string | null;
  serviceId?: string | null;
}

/**
 * @param about whose name goes without saying, because it is told on that thing's own page
 * @returns e.g. `Attach data-1 to web-3`
 */
export function operationTitle(
  { action, serverName, volumeName, serviceId = null }: Named,
  about?: 'server' | 'volume' | undefined,
): string {
  const label = actionLabel(action);
  // The name of a foreign action is no verb that a sentence could be made with.
  if (!isAction(action)) {
    const names = [about === 'volume' ? null : volumeName, about === 'server' ? null : serverName];
    return [label, ...names].filter((each) => each !== null).join(' · ');
  }
  if (
    volumeName !== null &&
    serverName !== null &&
    (action === 'volume.attach' || action === 'volume.detach')
  ) {
    return `${label} ${volumeName} ${action === 'volume.detach' ? 'from' : 'to'} ${serverName}`;
  }
  const thing = serviceId ?? thingText(action, volumeName, serverName);
  const title = TITLES[action];
  if (thing === null) return title?.includes('{}') === false ? title : label;
  return (title ?? `${label}${jointOf(action)} {}`).replace('{}', () => thing);
}

/** Where label and name side by side do not make a sentence; `{}` is the name. */
const TITLES: Partial<Record<ActionName, string>> = {
  'volume.complete-extend': 'Complete the extend of {}',
  'volume.reset-status': 'Reset the status of {}',
  'volume.revert': 'Revert {} to a snapshot',
  'volume.mark-attached': 'Mark {} as attached',
  'volume.mark-detached': 'Mark {} as detached',
  'volume.retype': 'Change the type of {}',
  'volume.complete-migration': 'Complete the migration of {}',
  'volume.set-bootable': 'Set whether servers boot from {}',
  'volume.upload-to-image': 'Upload {} to an image',
  'volume.begin-detaching': 'Begin to detach {}',
  'volume.roll-detaching': 'Take back the detach of {}',
  'volume.initialize-connection': 'Initialize a connection of {}',
  'volume.terminate-connection': 'Terminate a connection of {}',
  'volume.set-readonly': 'Set whether {} is read-only',
  'volume.create-transfer': 'Offer {} to another project',
  'volume.accept-transfer': 'Accept {} from another project',
  'attachment.create': 'Create an attachment of {}',
  'attachment.complete': 'Complete the attachment of {}',
  'attachment.delete': 'Delete the attachment of {}',
  'attachment.set-delete-on-termination': 'Set whether {} is deleted with the server',
  'attachment.swap': 'Swap {}',
  'attachment.tell-size': 'Tell the new size of {}',
  'snapshot.create': 'Create a snapshot of {}',
  'snapshot.reset-status': 'Reset the status of {}',
  'snapshot.report': 'Report the status of {}',
  'qos-specs.update': 'Edit QoS specs',
  'qos-specs.unset-keys': 'Remove keys of QoS specs',
  'qos-specs.disassociate-all': 'Take QoS specs away from all types',
  'qos-specs.delete': 'Delete QoS specs',
  'server.reset-state': 'Reset the state of {}',
  'server.confirm-resize': 'Confirm the resize of {}',
  'server.revert-resize': 'Revert the resize of {}',
};

/** "Setting metadata of" tells which word joins label and name. */
function jointOf(action: ActionName): string {
  const [joint = ''] = / (of|to)$/.exec(ACTIONS[action].gerund) ?? [];
  return joint;
}

/** What an action was done to; null where its label says it all. Of snapshots, types and images no name is kept. */
function thingText(action: ActionName, volumeName: string | null, serverName: string | null): string | null {
  if (action.endsWith('.create') && action.startsWith('volume-type.')) return null;
  if (action.startsWith('volume-type.')) return 'a volume type';
  if (action.startsWith('image.')) return 'an image';
  if (action.startsWith('snapshot.') && action !== 'snapshot.create') {
    return volumeName === null ? 'a snapshot' : `a snapshot of ${volumeName}`;
  }
  if (volumeName === null) return serverName;
  return serverName === null ? volumeName : `${volumeName} on ${serverName}`;
}

/** @returns e.g. `Attaching data-1 to web-3` */
export function pairTitle(action: ActionName, volumeName: string, serverName: string): string {
  return `${ACTIONS[action].gerund} ${volumeName} ${action === 'volume.detach' ? 'from' : 'to'} ${serverName}`;
}

/** How an operation looks to people: where nothing went wrong, it has not failed. */
export type ShownOutcome = OperationOutcome | 'overtaken';

/** @returns `overtaken` for what failed only because somebody else took its object into his own hands */
export function shownOutcome({
  outcome,
  cause,
}: {
  outcome: OperationOutcome;
  cause: FailureCause | null;
}): ShownOutcome {
  return outcome === 'failed' && cause === 'overtaken' ? 'overtaken' : outcome;
}

export const OUTCOME_FAMILY = {
  running: 'progress',
  succeeded: 'ok',
  failed: 'error',
  overtaken: 'neutral',
} as const satisfies Record<ShownOutcome, StatusFamily>;
