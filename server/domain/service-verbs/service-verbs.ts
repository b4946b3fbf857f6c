/**
 * The verbs on services of both sides of the cloud.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { disableComputeService, enableComputeService } from './compute-service';
import { disableStorageService, enableStorageService, freezeBackend, thawBackend } from './storage-service';

export const SERVICE_VERBS = {
  'compute-service.enable': enableComputeService,
  'compute-service.disable': disableComputeService,
  'storage-service.enable': enableStorageService,
  'storage-service.disable': disableStorageService,
  'storage-service.freeze': freezeBackend,
  'storage-service.thaw': thawBackend,
} satisfies Partial<Record<VerbName, AnyVerb>>;
