/**
 * Every route of the compute API.
 */
import type { Route } from '../route';
import { VERSION_ROUTES } from './versions';
import { VOLUME_ATTACHMENT_ROUTES } from './volume-attachments';

export const COMPUTE_ROUTES: readonly Route[] = [...VERSION_ROUTES, ...VOLUME_ATTACHMENT_ROUTES];
