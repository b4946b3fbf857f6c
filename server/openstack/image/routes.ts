/**
 * Every route of the image API.
 */
import type { Route } from '../route';

export const IMAGE_ROUTES: readonly Route[] = [];
