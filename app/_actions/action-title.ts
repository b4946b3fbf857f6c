/**
 * Actions in sentences about their object.
 */
import { aboutOf, NOUN_WORDS, nounOf } from '~/app/_lib/action-noun';
import { ACTIONS, type ActionName } from '~/server/domain/action';

/** Where label and name side by side would not make a sentence. */
const TITLES: Readonly<Partial<Record<ActionName, (name: string) => string>>> = {
  'volume.mark-attached': (name) => `Mark ${name} as attached`,
  'volume.mark-detached': (name) => `Mark ${name} as detached`,
  'volume.reset-status': (name) => `Reset the status of ${name}`,
  'snapshot.reset-status': (name) => `Reset the status of ${name}`,
  'server.reset-state': (name) => `Reset the state of ${name}`,
  'volume.revert': (name) => `Revert ${name} to a snapshot`,
  'volume.upload-to-image': (name) => `Upload ${name} to an image`,
  'volume.set-bootable': (name) => `Set whether ${name} is bootable`,
  'volume.set-readonly': (name) => `Set whether ${name} is read-only`,
  'volume.initialize-connection': (name) => `Initialize a connection of ${name}`,
  'volume.terminate-connection': (name) => `Terminate a connection of ${name}`,
  'volume.roll-detaching': (name) => `Roll back the detach of ${name}`,
  'volume.begin-detaching': (name) => `Begin to detach ${name}`,
  'volume.create-transfer': (name) => `Offer ${name} to another project`,
  'volume.delete-transfer': (name) => `Withdraw the offer of ${name}`,
  'attachment.set-delete-on-termination': (name) => `Set whether ${name} goes with its server`,
  'attachment.delete': (name) => `Delete attachment ${name}`,
  'attachment.swap': (name) => `Swap ${name}`,
  'volume-type.create-encryption': (name) => `Encrypt volumes of ${name}`,
  'qos-specs.disassociate-all': (name) => `Take ${name} away from all types`,
  'volume-type.set-extra-specs': (name) => `Set extra specs of ${name}`,
};

/** Of the whole cloud: the project one works in does not matter. */
const OF_THE_CLOUD: readonly ActionName[] = ['quota.update-defaults'];

/** @returns e.g. `Extend data-1`; for what makes something in a project or brings it there, e.g. `Create volume` */
export function actionTitle(action: ActionName, name: string): string {
  const { label, gerund } = ACTIONS[action];
  if (entersProject(action) || OF_THE_CLOUD.includes(action)) return label;
  // "Setting metadata of" tells which word joins label and name.
  const [joint = ''] = / (of|to)$/.exec(gerund) ?? [];
  return TITLES[action]?.(name) ?? `${label}${joint} ${name}`;
}

function entersProject(action: ActionName): boolean {
  return nounOf(action) === 'project' && (action.endsWith('.create') || action === 'volume.accept-transfer');
}

/**
 * @param input what the form held: it names what is made
 * @returns e.g. `Extending data-1`, for as long as it goes on
 */
export function actionUnderWay(
  action: ActionName,
  name: string,
  input: Readonly<Record<string, unknown>>,
): string {
  const { gerund } = ACTIONS[action];
  if (OF_THE_CLOUD.includes(action)) return gerund;
  if (!entersProject(action)) return `${gerund} ${name}`;
  const kind = NOUN_WORDS[aboutOf(action)];
  const given = input.name;
  return `${gerund} ${kind}${typeof given === 'string' && given !== '' ? ` ${given}` : ''}`;
}
