/**
 * Every route of the volume API.
 */
import type { Route } from '../route';
import { ATTACHMENT_ROUTES } from './attachments';
import { CLOUD_ROUTES } from './cloud-routes';
import { SNAPSHOT_ACTION_ROUTES } from './snapshot-actions';
import { SNAPSHOT_ROUTES } from './snapshots';
import { SNAPSHOT_LIST_ROUTES } from './snapshots-list';
import { TRANSFER_ROUTES } from './transfers';
import { VOLUME_ACTION_ROUTES } from './volume-actions';
import { VOLUME_METADATA_ROUTES } from './volume-metadata';
import { VOLUME_ITEM_ROUTES } from './volumes';
import { VOLUME_CREATE_ROUTES } from './volumes-create';
import { VOLUME_LIST_ROUTES } from './volumes-list';

export const VOLUME_ROUTES: readonly Route[] = [
  ...CLOUD_ROUTES,
  ...SNAPSHOT_ACTION_ROUTES,
  ...SNAPSHOT_LIST_ROUTES,
  ...SNAPSHOT_ROUTES,
  ...TRANSFER_ROUTES,
  ...VOLUME_CREATE_ROUTES,
  ...VOLUME_ITEM_ROUTES,
  ...VOLUME_LIST_ROUTES,
  ...VOLUME_METADATA_ROUTES,
  ...VOLUME_ACTION_ROUTES,
  ...ATTACHMENT_ROUTES,
];
