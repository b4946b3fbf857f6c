/**
 * Where a shelved server comes to, and what speaks against it.
 */
import type { Rule } from '../engine/verb';
import { disksOf, type ServerRecord, type World } from '../engine/world';
import { policyRefusal } from '../policy';
import { advice } from '../volume-verbs/volume-remedy';
import { chooseHost, needsOf } from './host-choice';
import { disksAtRestRule, hostRule, serverOf, stateRules } from './server-rules';

export interface UnshelveInput {
  zone?: string | undefined;
  host?: string | undefined;
}

/** @returns the host it would come to, of those that are asked for; its own while it is on one */
export function hostFor(world: World, server: ServerRecord, { zone, host }: UnshelveInput): string | null {
  if (server.vmState !== 'shelved_offloaded') return server.host;
  return chooseHost(world, server.id, {
    ...needsOf(disksOf(world, server.id), server.flavor),
    ...(zone === undefined ? {} : { zone }),
    ...(host === undefined ? {} : { host }),
  });
}

const API = 'nova compute/api.py, unshelve';

/** Where it is to come to is asked of a server that is nowhere. */
const PLACE_RULES: readonly Rule<UnshelveInput>[] = [
  {
    id: 'host-forbidden',
    code: 'forbidden',
    source: 'nova policies/shelve.py, unshelve_to_host',
    test: (ask) =>
      ask.input.host === undefined
        ? null
        : policyRefusal('os_compute_api:os-shelve:unshelve_to_host', ask.actor, serverOf(ask).projectId),
  },
  {
    id: 'not-offloaded',
    code: 'conflict',
    source: `${API}, UnshelveInstanceInvalidState`,
    test: (ask) => {
      const { zone, host } = ask.input;
      const server = serverOf(ask);
      if ((zone ?? host) === undefined || server.vmState === 'shelved_offloaded') return null;
      return {
        message: `Server ${server.name} is still on host ${server.host ?? '?'}; where to can only be chosen for one that is offloaded.`,
        remedy: advice('Unshelve it without zone and host.'),
      };
    },
  },
  {
    id: 'zone-not-found',
    code: 'invalid',
    source: `${API}, _validate_unshelve_az`,
    test: ({ world, input: { zone } }) =>
      zone === undefined || [...world.host.values()].some((host) => host.zone === zone)
        ? null
        : { message: `There is no availability zone ${zone}.` },
  },
  {
    id: 'other-zone',
    code: 'conflict',
    source: `${API}, MismatchVolumeAZException, cross_az_attach`,
    test: (ask) => {
      const { zone, host } = ask.input;
      const wanted = zone ?? ask.world.host.get(host ?? '')?.zone;
      if (ask.settings.crossZoneAttach || wanted === undefined) return null;
      const volumes = disksOf(ask.world, ask.id).map(({ volumeId }) => ask.world.volume.get(volumeId));
      const other = volumes.find((volume) => volume !== undefined && volume.availabilityZone !== wanted);
      if (other === undefined) return null;
      return {
        message: `Volume ${other.name} is in zone ${other.availabilityZone}, not in ${wanted}; this cloud attaches within one zone only.`,
      };
    },
  },
  {
    id: 'host-not-found',
    code: 'invalid',
    source: `${API}, UnshelveHostNotInAZ, ComputeHostNotFound`,
    test: ({ world, input: { zone, host } }) => {
      if (host === undefined) return null;
      const found = world.host.get(host);
      if (found === undefined) return { message: `There is no compute host ${host}.` };
      if (zone === undefined || found.zone === zone) return null;
      return { message: `Compute host ${host} is in zone ${found.zone}, not in ${zone}.`, code: 'conflict' };
    },
  },
];

/** Told at once; upstream finds out later, and leaves it shelved. */
const noHostRule: Rule<UnshelveInput> = {
  id: 'no-valid-host',
  code: 'conflict',
  source: 'nova conductor/manager.py, unshelve_instance, NoValidHost',
  test: (ask) => {
    const server = serverOf(ask);
    if (server.vmState !== 'shelved_offloaded' || hostFor(ask.world, server, ask.input) !== null) return null;
    return {
      message: `No host that is up and enabled can take server ${server.name} with its volumes.`,
      remedy: advice('Wait for a host, or ask an administrator to enable one.'),
    };
  },
};

const diskLimitRule: Rule<UnshelveInput> = {
  id: 'too-many-disks',
  code: 'over_quota',
  source: 'nova compute/manager.py, unshelve_instance, check_max_disk_devices',
  test: (ask) => {
    const { maxDisksPerServer: max } = ask.settings;
    const server = serverOf(ask);
    const disks = disksOf(ask.world, server.id);
    const count = disks.length + (server.imageId === null ? 0 : 1);
    if (server.vmState !== 'shelved_offloaded' || max === null || count <= max) return null;
    return {
      message: `Server ${server.name} has ${count} disks, its root included; on a host at most ${max} are allowed.`,
      remedy: advice('Detach a volume from the server first.'),
    };
  },
};

export const UNSHELVE_RULES: readonly Rule<UnshelveInput>[] = [
  ...stateRules('server.unshelve', ['shelved', 'shelved_offloaded']),
  disksAtRestRule('server.unshelve'),
  ...PLACE_RULES,
  hostRule('server.unshelve'),
  noHostRule,
  diskLimitRule,
];
