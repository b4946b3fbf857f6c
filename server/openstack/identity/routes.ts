/**
 * Every route of the identity API.
 */
import type { Route } from '../route';

export const IDENTITY_ROUTES: readonly Route[] = [];
