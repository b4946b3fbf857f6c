/**
 * The catalogue of actions: what each is called, whom it may be done by, and how it runs. Buttons, timeline, operations
 * and remedies all take their names from here.
 */
import type { PolicyName } from './policy';

export const ACTION_NAMES = ['volume.attach', 'volume.detach'] as const;
export type ActionName = (typeof ACTION_NAMES)[number];

export interface Action {
  label: string;
  /** In a sentence: "Attaching data-1 to web-3". */
  gerund: string;
  policy: PolicyName;
  /** Takes something away that nothing brings back by itself. */
  danger: boolean;
  /** Phases of a run, in order; the last one that was entered tells where a crashed run goes on. */
  phases: readonly OperationPhase[];
}

/** The steps of the asynchronous part. Each has exactly one owner: the job of its operation. */
export const OPERATION_PHASES = [
  'reserve',
  'connect',
  'complete',
  'detach',
  'disconnect',
  'finish',
  'roll-back',
] as const;
export type OperationPhase = (typeof OPERATION_PHASES)[number];

export const ACTIONS = {
  'volume.attach': {
    label: 'Attach',
    gerund: 'Attaching',
    policy: 'os_compute_api:os-volumes-attachments:create',
    danger: false,
    phases: ['reserve', 'connect', 'complete'],
  },
  'volume.detach': {
    label: 'Detach',
    gerund: 'Detaching',
    policy: 'os_compute_api:os-volumes-attachments:delete',
    danger: true,
    phases: ['detach', 'disconnect', 'finish'],
  },
} as const satisfies Record<ActionName, Action>;
