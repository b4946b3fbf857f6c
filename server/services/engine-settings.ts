/**
 * The operator's choices that rules depend on.
 */
import type { Settings } from '~/server/domain/engine/verb';
import type { Runtime } from './runtime';

export function engineSettings({ limits }: Runtime): Settings {
  return {
    maxDisksPerServer: limits.maxDisks < 0 ? null : limits.maxDisks,
    crossZoneAttach: limits.crossZone,
    swapOnlyWhileMigrating: false,
    // Upstream's name for the type that is always there.
    defaultVolumeTypeId: '__DEFAULT__',
    defaultAvailabilityZone: 'nova',
  };
}
