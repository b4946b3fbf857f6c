/**
 * Every action on a volume.
 */
import type { Route } from '../route';
import { ADMIN_ACTION_ROUTES } from './volume-actions-admin';
import { ATTACH_ACTION_ROUTES } from './volume-actions-attach';
import { DATA_ACTION_ROUTES } from './volume-actions-data';
import { FLAG_ACTION_ROUTES } from './volume-actions-flags';

export const VOLUME_ACTION_ROUTES: readonly Route[] = [
  ...DATA_ACTION_ROUTES,
  ...FLAG_ACTION_ROUTES,
  ...ATTACH_ACTION_ROUTES,
  ...ADMIN_ACTION_ROUTES,
];
