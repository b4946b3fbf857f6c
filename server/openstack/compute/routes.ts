/**
 * Every route of the compute API.
 */
import type { Route } from '../route';
import { EXTERNAL_EVENT_ROUTES } from './external-events';
import { FLAVOR_SPEC_ROUTES } from './flavor-specs';
import { FLAVOR_ROUTES } from './flavors';
import { INSTANCE_ACTION_ROUTES } from './instance-actions';
import { QUOTA_ROUTES } from './quota-sets';
import { SERVER_ACTION_ROUTES } from './server-actions';
import { ACTIONS_ELSEWHERE } from './server-actions-elsewhere';
import { SERVER_LIST_ROUTES } from './server-lists';
import { SERVER_PART_ROUTES } from './server-parts';
import { SERVER_ROUTES } from './servers';
import { VERSION_ROUTES } from './versions';
import { VOLUME_ATTACHMENT_ROUTES } from './volume-attachments';
import { VOLUME_PROXY_ROUTES } from './volume-proxies';

export const COMPUTE_ROUTES: readonly Route[] = [
  ...VERSION_ROUTES,
  ...SERVER_LIST_ROUTES,
  ...SERVER_ROUTES,
  ...SERVER_PART_ROUTES,
  ...SERVER_ACTION_ROUTES,
  ...ACTIONS_ELSEWHERE,
  ...FLAVOR_ROUTES,
  ...FLAVOR_SPEC_ROUTES,
  ...QUOTA_ROUTES,
  ...VOLUME_ATTACHMENT_ROUTES,
  ...INSTANCE_ACTION_ROUTES,
  ...EXTERNAL_EVENT_ROUTES,
  ...VOLUME_PROXY_ROUTES,
];
