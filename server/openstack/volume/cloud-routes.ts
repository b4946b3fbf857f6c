/**
 * What the volume API has besides volumes, snapshots and attachments: types, quotas, services, pools.
 */
import type { Route } from '../route';
import { AVAILABILITY_ZONE_ROUTES } from './availability-zones';
import { EXTENSION_ROUTES } from './extensions';
import { EXTRA_SPEC_ROUTES } from './extra-specs';
import { HOST_ROUTES } from './hosts';
import { LIMIT_ROUTES } from './limits';
import { MESSAGE_ROUTES } from './messages';
import { NOT_OFFERED_ROUTES } from './not-offered';
import { POOL_ROUTES } from './pools';
import { QOS_ROUTES } from './qos-specs';
import { QUOTA_ROUTES } from './quota-sets';
import { RESOURCE_FILTER_ROUTES } from './resource-filters';
import { SERVICE_ROUTES } from './services';
import { TYPE_ACCESS_ROUTES } from './type-access';
import { TYPE_ENCRYPTION_ROUTES } from './type-encryption';
import { VOLUME_TYPE_ROUTES } from './volume-types';

export const CLOUD_ROUTES: readonly Route[] = [
  ...VOLUME_TYPE_ROUTES,
  ...EXTRA_SPEC_ROUTES,
  ...TYPE_ACCESS_ROUTES,
  ...TYPE_ENCRYPTION_ROUTES,
  ...QOS_ROUTES,
  ...QUOTA_ROUTES,
  ...LIMIT_ROUTES,
  ...AVAILABILITY_ZONE_ROUTES,
  ...SERVICE_ROUTES,
  ...HOST_ROUTES,
  ...POOL_ROUTES,
  ...MESSAGE_ROUTES,
  ...EXTENSION_ROUTES,
  ...RESOURCE_FILTER_ROUTES,
  ...NOT_OFFERED_ROUTES,
];
