/**
 * Every route of the compute API.
 */
import type { Route } from '../route';
import { VOLUME_ATTACHMENT_ROUTES } from './volume-attachments';

export const COMPUTE_ROUTES: readonly Route[] = [...VOLUME_ATTACHMENT_ROUTES];
