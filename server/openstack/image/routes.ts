/**
 * Every route of the image API.
 */
import type { Route } from '../route';
import { IMAGE_ROUTES_OF_IMAGES } from './images';
import { SCHEMA_ROUTES } from './schemas';

export const IMAGE_ROUTES: readonly Route[] = [...IMAGE_ROUTES_OF_IMAGES, ...SCHEMA_ROUTES];
