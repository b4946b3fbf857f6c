/**
 * Every route of the compute API.
 */
import type { Route } from '../route';
import { ZONE_ROUTES } from './availability-zones';
import { ELSEWHERE_ROUTES } from './elsewhere';
import { EXTENSION_ROUTES } from './extensions';
import { EXTERNAL_EVENT_ROUTES } from './external-events';
import { FLAVOR_SPEC_ROUTES } from './flavor-specs';
import { FLAVOR_ROUTES } from './flavors';
import { HYPERVISOR_ROUTES } from './hypervisors';
import { IMAGE_ROUTES } from './images';
import { INSTANCE_ACTION_ROUTES } from './instance-actions';
import { QUOTA_ROUTES } from './quota-sets';
import { SERVER_ACTION_ROUTES } from './server-actions';
import { ACTIONS_ELSEWHERE } from './server-actions-elsewhere';
import { SERVER_DIAGNOSTICS_ROUTES } from './server-diagnostics';
import { SERVER_LIST_ROUTES } from './server-lists';
import { SERVER_METADATA_ROUTES } from './server-metadata';
import { SERVER_PART_ROUTES } from './server-parts';
import { SERVER_TAG_ROUTES } from './server-tags';
import { SERVER_ROUTES } from './servers';
import { SERVICE_ROUTES } from './services';
import { USAGE_ROUTES } from './usage';
import { VERSION_ROUTES } from './versions';
import { VOLUME_ATTACHMENT_ROUTES } from './volume-attachments';
import { VOLUME_PROXY_ROUTES } from './volume-proxies';

export const COMPUTE_ROUTES: readonly Route[] = [
  ...VERSION_ROUTES,
  ...SERVER_LIST_ROUTES,
  ...SERVER_ROUTES,
  ...SERVER_PART_ROUTES,
  ...SERVER_DIAGNOSTICS_ROUTES,
  ...SERVER_METADATA_ROUTES,
  ...SERVER_TAG_ROUTES,
  ...SERVER_ACTION_ROUTES,
  ...ACTIONS_ELSEWHERE,
  ...FLAVOR_ROUTES,
  ...FLAVOR_SPEC_ROUTES,
  ...QUOTA_ROUTES,
  ...USAGE_ROUTES,
  ...ZONE_ROUTES,
  ...SERVICE_ROUTES,
  ...HYPERVISOR_ROUTES,
  ...IMAGE_ROUTES,
  ...EXTENSION_ROUTES,
  ...ELSEWHERE_ROUTES,
  ...VOLUME_ATTACHMENT_ROUTES,
  ...INSTANCE_ACTION_ROUTES,
  ...EXTERNAL_EVENT_ROUTES,
  ...VOLUME_PROXY_ROUTES,
];
