import {
  Bandage,
  CirclePlay,
  Lock,
  type LucideIcon,
  Pause,
  Play,
  Power,
  RotateCcw,
  RotateCw,
  Snowflake,
  SquareActivity,
  Sunrise,
  Undo2,
  Unlock,
} from 'lucide-react';
import type { MenuItem } from '~/app/_components/menu-items';
import { nameOf } from '~/app/_entities/name';
import type { ServerRow } from '~/app/_trpc/types';
import { serverActionRefusals } from '~/server/domain/act-on-server';
import { ACTIONS, SERVER_ACTION_NAMES, type ServerActionName } from '~/server/domain/action';
import type { Actor } from '~/server/domain/roles';

const ICONS: Record<ServerActionName, LucideIcon> = {
  'server.start': Play,
  'server.stop': Power,
  'server.reboot-soft': RotateCw,
  'server.reboot-hard': RotateCcw,
  'server.pause': Pause,
  'server.unpause': CirclePlay,
  'server.suspend': Snowflake,
  'server.resume': Sunrise,
  'server.rescue': Bandage,
  'server.unrescue': Undo2,
  'server.lock': Lock,
  'server.unlock': Unlock,
  'server.reset-state': SquareActivity,
};

/**
 * Every action on a server, in one order everywhere; what the rules refuse stays and says why.
 * @param act opens the dialog of an action
 */
export function serverActionItems(
  row: Pick<ServerRow, 'facts' | 'host'>,
  actor: Actor,
  act: (action: ServerActionName) => void,
): MenuItem[] {
  const name = nameOf(row.facts);
  return SERVER_ACTION_NAMES.map((action) => ({
    kind: 'action',
    label: `${ACTIONS[action].label}…`,
    title: `${ACTIONS[action].label} ${name}`,
    icon: ICONS[action],
    danger: ACTIONS[action].danger,
    refusals: serverActionRefusals(action, { actor, server: row.facts, host: row.host, input: {} }),
    onAct: () => act(action),
  }));
}
