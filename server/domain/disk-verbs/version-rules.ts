/**
 * What clients of older versions of the compute API may not do yet: they would not understand what becomes of it. Later
 * versions, and the console, say no version.
 */
import type { Rule } from '../engine/verb';
import { rowOf } from '../engine/world';
import { serverStatus } from '../server';
import { advice } from '../volume-verbs/volume-remedy';

/** Field of a verb that looks at the version. */
export const MICROVERSION = {
  microversion: {
    kind: 'integer',
    label: 'Minor microversion of the compute API',
    min: 1,
    optional: true,
    untold: true,
  },
} as const;

interface Versioned {
  volumeId?: string | undefined;
  microversion?: number | undefined;
}

function isBelow(first: number, { microversion }: Versioned): boolean {
  return microversion !== undefined && microversion < first;
}

const SHELVED_FROM = 20;
const MULTIATTACH_FROM = 60;

/** @param call of the controller upstream */
export function shelvedVersionRule(call: 'attach_volume' | 'detach_volume'): Rule<Versioned> {
  return {
    id: 'version-without-shelved',
    code: 'conflict',
    source: `nova api/openstack/compute/volume_attachments.py, ${call}: from 2.20 on`,
    test: ({ world, id, input }) => {
      const { name, vmState } = rowOf(world, 'server', id);
      if (!isBelow(SHELVED_FROM, input) || !['shelved', 'shelved_offloaded'].includes(vmState)) return null;
      return {
        message: `Server ${name} is ${serverStatus(vmState, null)}; its volumes can be changed from microversion 2.${SHELVED_FROM} on.`,
        remedy: advice(`Ask with microversion 2.${SHELVED_FROM} or later, or unshelve the server.`),
      };
    },
  };
}

/** Upstream finds out late, after the disk has got its name. */
export const multiattachVersionRule: Rule<Versioned> = {
  id: 'version-without-multiattach',
  code: 'invalid',
  source: 'nova conductor/manager.py, attach: MultiattachNotSupportedOldMicroversion, from 2.60 on',
  test: ({ world, input }) => {
    const volume = world.volume.get(input.volumeId ?? '');
    if (!isBelow(MULTIATTACH_FROM, input) || volume?.multiattach !== true) return null;
    return {
      message: `Volume ${volume.name} is multiattach; such volumes can be attached from microversion 2.${MULTIATTACH_FROM} on.`,
      remedy: advice(`Ask with microversion 2.${MULTIATTACH_FROM} or later.`),
    };
  },
};
