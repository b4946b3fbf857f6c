/**
 * What speaks against where a new server is to be: its zone, and the host that an administrator may name.
 */
import type { Rule } from '../engine/verb';
import { policyRefusal } from '../policy';
import { advice } from '../volume-verbs/volume-remedy';
import type { CreateServerInput } from './create-source';

type CreateRule = Rule<CreateServerInput>;

export const HOST_PERMISSION: CreateRule = {
  id: 'host-forbidden',
  code: 'forbidden',
  source: 'nova policies/servers.py, create:forced_host; compute:servers:create:requested_destination',
  test: (ask) =>
    ask.input.host === undefined
      ? null
      : policyRefusal('compute:servers:create:requested_destination', ask.actor, ask.id),
};

export const PLACE_RULES: readonly CreateRule[] = [
  {
    id: 'zone-not-found',
    code: 'invalid',
    source: 'nova availability_zones.py, get_availability_zones; compute/api.py, _provision_instances',
    test: (ask) => {
      const { zone } = ask.input;
      if (zone === undefined || [...ask.world.host.values()].some((host) => host.zone === zone)) return null;
      return {
        message: `There is no availability zone ${zone}.`,
        remedy: advice('Pick one of the zones there are.', 'openstack availability zone list --compute'),
      };
    },
  },
  {
    id: 'host-not-found',
    code: 'invalid',
    source: 'nova compute/api.py, create: ComputeHostNotFound',
    test: (ask) => {
      const { host, zone } = ask.input;
      if (host === undefined) return null;
      const found = ask.world.host.get(host);
      if (found === undefined) return { message: `There is no compute host ${host}.` };
      if (zone === undefined || found.zone === zone) return null;
      return { message: `Compute host ${host} is in zone ${found.zone}, not in ${zone}.` };
    },
  },
];
