/**
 * Every route of the volume API.
 */
import type { Route } from '../route';

export const VOLUME_ROUTES: readonly Route[] = [];
