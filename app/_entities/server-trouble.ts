/**
 * What is wrong with a server, by its state and by its host.
 */
import type { ServerDetail } from '~/app/_trpc/types';
import { SERVER_STATUS_FAMILY } from '~/server/domain/server';
import { nameOf } from './name';
import type { Trouble } from './trouble';

/**
 * @param late whether it has been in its status for longer than that usually lasts
 * @returns null for a server that is well, or on its way
 */
export function serverTrouble(server: ServerDetail, late: boolean): Trouble | null {
  const { facts, host, status } = server;
  const { id } = facts;
  const name = nameOf(facts);
  // What broke it says more than that nobody could look after it now.
  if (status !== 'ERROR' && server.fault === null && host !== null && !host.up) {
    return {
      tone: 'attention',
      title: `Compute host ${host.name} is down`,
      text: `Nobody knows whether ${name} still runs there. Nothing can be attached to it, detached from it or done to it until the compute service on ${host.name} is back; its volumes keep their data.`,
      ways: [],
    };
  }
  switch (status) {
    case 'ERROR':
      return {
        tone: 'error',
        title: server.fault === null ? `${name} is in state ERROR` : `Fault ${server.fault.code}`,
        text: server.fault?.message ?? 'What was done with it last has failed.',
        ways: [
          { action: 'server.reboot-hard', id },
          { action: 'server.reset-state', id, prefill: { state: 'active' } },
          { action: 'server.delete', id },
        ],
      };
    case 'VERIFY_RESIZE':
      return {
        tone: 'attention',
        title: 'The resize waits for a word',
        text: 'Confirming keeps the new size and gives the old host free; reverting goes back to what it was.',
        ways: [
          { action: 'server.confirm-resize', id },
          { action: 'server.revert-resize', id },
        ],
      };
    case 'RESCUE':
      return {
        tone: 'attention',
        title: `${name} runs from a rescue image`,
        text: 'Its own disks are mended meanwhile. Unrescuing starts it from them again.',
        ways: [{ action: 'server.unrescue', id }],
      };
    case 'SOFT_DELETED':
      return {
        tone: 'attention',
        title: `${name} is deleted, and can still be restored`,
        text: 'It keeps its volumes until it is restored, or deleted for good.',
        ways: [
          { action: 'server.restore', id },
          { action: 'server.force-delete', id },
        ],
      };
    case 'SHELVED':
    case 'SHELVED_OFFLOADED':
      return server.attachments.length === 0
        ? null
        : {
            tone: 'info',
            title: `${name} is shelved, and its volumes are kept for it`,
            text: 'Volumes that are reserved for it are as they should be: unshelving connects them.',
            ways: [{ action: 'server.unshelve', id }],
          };
    default:
      return late && SERVER_STATUS_FAMILY[status] === 'progress'
        ? {
            tone: 'attention',
            title: `${name} is in ${status} for longer than usual`,
            text: 'When nothing works on it any more, resetting the state makes it usable again; a hard reboot then brings the guest back.',
            ways: [{ action: 'server.reset-state', id, prefill: { state: 'active' } }],
          }
        : null;
  }
}
