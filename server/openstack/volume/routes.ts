/**
 * Every route of the volume API.
 */
import type { Route } from '../route';
import { ATTACHMENT_ROUTES } from './attachments';
import { CLOUD_ROUTES } from './cloud-routes';
import { VOLUME_ACTION_ROUTES } from './volume-actions';
import { VOLUME_ITEM_ROUTES } from './volumes';
import { VOLUME_CREATE_ROUTES } from './volumes-create';
import { VOLUME_LIST_ROUTES } from './volumes-list';

export const VOLUME_ROUTES: readonly Route[] = [
  ...CLOUD_ROUTES,
  ...VOLUME_CREATE_ROUTES,
  ...VOLUME_ITEM_ROUTES,
  ...VOLUME_LIST_ROUTES,
  ...VOLUME_ACTION_ROUTES,
  ...ATTACHMENT_ROUTES,
];
