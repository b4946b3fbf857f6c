/**
 * The catalogue of actions: what each is called, and whom it may be done by. Buttons, timeline, operations
 * and remedies all take their names from here.
 */
import type { PolicyName } from './policy';
import { VERB_ACTIONS, VERB_NAMES, type VerbName } from './verb-catalogue';

/** Actions on a volume and a server together. */
const DISK_ACTION_NAMES = ['volume.attach', 'volume.detach'] as const;

export const SERVER_ACTION_NAMES = [
  'server.start',
  'server.stop',
  'server.reboot-soft',
  'server.reboot-hard',
  'server.pause',
  'server.unpause',
  'server.suspend',
  'server.resume',
  'server.rescue',
  'server.unrescue',
  'server.lock',
  'server.unlock',
  'server.reset-state',
] as const satisfies readonly VerbName[];
/** Actions on a server alone. */
export type ServerActionName = (typeof SERVER_ACTION_NAMES)[number];

export const ACTION_NAMES = [...DISK_ACTION_NAMES, ...VERB_NAMES] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

export interface Action {
  label: string;
  /** In a sentence: "Attaching data-1 to web-3". */
  gerund: string;
  policy: PolicyName;
  /** Takes something away that nothing brings back by itself. */
  danger: boolean;
}

export const ACTIONS = {
  'volume.attach': {
    label: 'Attach',
    gerund: 'Attaching',
    policy: 'os_compute_api:os-volumes-attachments:create',
    danger: false,
  },
  'volume.detach': {
    label: 'Detach',
    gerund: 'Detaching',
    policy: 'os_compute_api:os-volumes-attachments:delete',
    danger: true,
  },
  ...VERB_ACTIONS,
} as const satisfies Record<ActionName, Action>;
