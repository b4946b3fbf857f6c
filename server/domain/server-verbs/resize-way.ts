/**
 * The way back of a resize: taken by a revert, and by a resize that cannot arrive.
 */
import type { DriverTask } from '../driver-task';
import { type Change, update } from '../engine/change';
import type { Work } from '../engine/verb';
import type { ServerRecord } from '../engine/world';
import { POWER_STATE } from '../server-action';

/** What hosts do when a server goes back to where it came from. */
export function backTasks({ world, operation }: Work): DriverTask[] {
  const serverId = operation.subject.serverId ?? '';
  const back: DriverTask = { call: 'revertResize', serverId, args: {} };
  const wasOn = world.server.get(serverId)?.former?.vmState === 'active';
  return wasOn ? [back, { call: 'powerOn', serverId }] : [back];
}

/** What it is once it is back where it came from. */
export function asBefore(server: ServerRecord): Change[] {
  const { vmState, flavorId, flavor } = server.former ?? server;
  const powerState = vmState === 'active' ? POWER_STATE.running : POWER_STATE.shutdown;
  const set = { vmState, flavorId, flavor, powerState, taskState: null, former: null } as const;
  return [update('server', server.id, set)];
}
