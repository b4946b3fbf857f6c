/**
 * Flavors in the compute API's words.
 * Source: nova/api/openstack/compute/views/flavors.py
 */
import type { Context } from '~/server/services/context';
import type { FlavorRecord } from '~/server/services/records/flavor-records';
import { mayDo } from '~/server/services/refused';
import type { Ask } from '../route';
import { linksTo } from './links';

type Viewing = Pick<Ask, 'origin' | 'minor'> & { context: Context };

/** @returns what a plain list shows */
export function flavorBrief(ask: Viewing, { id, name, description }: FlavorRecord) {
  return { id, name, links: linksTo(ask, `flavors/${id}`), ...(ask.minor >= 55 ? { description } : {}) };
}

export function flavorView(ask: Viewing, flavor: FlavorRecord) {
  const showsSpecs = ask.minor >= 61 && mayDo(ask.context, 'os_compute_api:os-flavor-extra-specs:index');
  return {
    ...flavorBrief(ask, flavor),
    ram: flavor.ram_mib,
    disk: flavor.disk_gib,
    // None was an empty text, until 2.75 made it a number.
    swap: flavor.swap_mib === 0 && ask.minor < 75 ? '' : flavor.swap_mib,
    vcpus: flavor.vcpus,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral_gib,
    'OS-FLV-DISABLED:disabled': flavor.disabled,
    'os-flavor-access:is_public': flavor.is_public,
    rxtx_factor: 1,
    ...(showsSpecs ? { extra_specs: flavor.extra_specs } : {}),
  };
}
