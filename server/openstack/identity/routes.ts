/**
 * Every route of the identity API.
 */
import type { Route } from '../route';
import { AUTH_ROUTES } from './auth-routes';
import { CATALOG_ROUTES } from './catalog-routes';
import { CLOUD_GRANT_ROUTES } from './cloud-grant-routes';
import { CREDENTIAL_ROUTES } from './credential-routes';
import { DOMAIN_ROUTES } from './domain-routes';
import { FIXED_ROUTES } from './fixed-routes';
import { GRANT_ROUTES } from './grant-routes';
import { GROUP_ROUTES } from './group-routes';
import { PROJECT_ROUTES } from './project-routes';
import { ROLE_ROUTES } from './role-routes';
import { USER_ROUTES } from './user-routes';

export const IDENTITY_ROUTES: readonly Route[] = [
  ...AUTH_ROUTES,
  ...PROJECT_ROUTES,
  ...USER_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...ROLE_ROUTES,
  ...GRANT_ROUTES,
  ...CLOUD_GRANT_ROUTES,
  ...DOMAIN_ROUTES,
  ...CATALOG_ROUTES,
  ...GROUP_ROUTES,
  ...FIXED_ROUTES,
];
