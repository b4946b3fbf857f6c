/**
 * What the volume API has besides volumes: types, quotas, zones.
 */
import type { Route } from '../route';
import { AVAILABILITY_ZONE_ROUTES } from './availability-zones';
import { EXTRA_SPEC_ROUTES } from './extra-specs';
import { LIMIT_ROUTES } from './limits';
import { QUOTA_ROUTES } from './quota-sets';
import { TYPE_ACCESS_ROUTES } from './type-access';
import { VOLUME_TYPE_ROUTES } from './volume-types';

export const CLOUD_ROUTES: readonly Route[] = [
  ...VOLUME_TYPE_ROUTES,
  ...EXTRA_SPEC_ROUTES,
  ...TYPE_ACCESS_ROUTES,
  ...QUOTA_ROUTES,
  ...LIMIT_ROUTES,
  ...AVAILABILITY_ZONE_ROUTES,
];
