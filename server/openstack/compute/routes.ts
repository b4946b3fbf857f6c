/**
 * Every route of the compute API.
 */
import type { Route } from '../route';

export const COMPUTE_ROUTES: readonly Route[] = [];
