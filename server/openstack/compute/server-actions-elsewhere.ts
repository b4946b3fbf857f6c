/**
 * Actions on servers that other clouds know and this one does not do: they are named, so that whoever asks learns why.
 * Upstream says 400, 409 or 501 where a hypervisor or a setting does not allow them; here it is always 400.
 */
import { findServerRecord } from '~/server/services/records/server-records';
import { FaultError } from '../fault';
import { type Route, route } from '../route';

const REASONS = {
  guest: 'the guests here have no agent that could do it',
  image: 'servers here are not made into images; volumes can be, with os-volume_upload_image',
  root: 'what is on the root disk of a server stays there; delete the server, and make another',
  host: 'servers here come to another host by being shelved and unshelved, or resized',
  network: 'servers here have no network',
  console: 'servers here have no console',
} as const;

const ELSEWHERE: Readonly<Record<string, keyof typeof REASONS>> = {
  createImage: 'image',
  createBackup: 'image',
  rebuild: 'root',
  changePassword: 'guest',
  trigger_crash_dump: 'guest',
  evacuate: 'host',
  migrate: 'host',
  'os-migrateLive': 'host',
  addFixedIp: 'network',
  removeFixedIp: 'network',
  addFloatingIp: 'network',
  removeFloatingIp: 'network',
  addSecurityGroup: 'network',
  removeSecurityGroup: 'network',
  injectNetworkInfo: 'network',
  resetNetwork: 'network',
  'os-getConsoleOutput': 'console',
  'os-getVNCConsole': 'console',
  'os-getSPICEConsole': 'console',
  'os-getSerialConsole': 'console',
  'os-getRDPConsole': 'console',
};

export const ACTIONS_ELSEWHERE: readonly Route[] = Object.entries(ELSEWHERE).map(([action, reason]) =>
  route({
    method: 'POST',
    path: '/servers/:serverId/action',
    action,
    summary: `Not done here: ${REASONS[reason]}`,
    status: null,
    async handle({ context, params }) {
      const { name } = await findServerRecord(context, params.serverId);
      throw new FaultError(400, `${action} cannot be done to server ${name}: ${REASONS[reason]}.`);
    },
  }),
);
