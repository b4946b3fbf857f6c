/**
 * Extra specs of flavors, and which projects may use one that is not public.
 */
import {
  grantFlavor,
  projectsOfFlavor,
  revokeFlavor,
  setFlavorSpecs,
  unsetFlavorSpec,
} from '~/server/services/flavors';
import { findFlavorRecord } from '~/server/services/records/flavor-records';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, empty, type Route, route } from '../route';
import { ACCESS_BODY, SPEC_BODY, SPECS_BODY } from './flavor-schemas';

function accessView(flavorId: string, projects: readonly string[]) {
  return { flavor_access: projects.map((tenant_id) => ({ flavor_id: flavorId, tenant_id })) };
}

export const FLAVOR_SPEC_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/flavors/:flavorId/os-extra_specs',
    summary: 'List the extra specs of a flavor',
    status: 200,
    async handle({ context, params }) {
      authorize(context, 'os_compute_api:os-flavor-extra-specs:index');
      const flavor = await findFlavorRecord(context, params.flavorId);
      return answer({ extra_specs: flavor.extra_specs });
    },
  }),
  route({
    method: 'POST',
    path: '/flavors/:flavorId/os-extra_specs',
    summary: 'Set extra specs of a flavor',
    status: 200,
    body: SPECS_BODY,
    async handle({ context, params, body: { extra_specs } }) {
      await setFlavorSpecs(context, params.flavorId, extra_specs);
      return answer({ extra_specs });
    },
  }),
  route({
    method: 'GET',
    path: '/flavors/:flavorId/os-extra_specs/:key',
    summary: 'Show an extra spec of a flavor',
    status: 200,
    async handle({ context, params: { flavorId, key } }) {
      authorize(context, 'os_compute_api:os-flavor-extra-specs:show');
      const { name, extra_specs: specs } = await findFlavorRecord(context, flavorId);
      const value = specs[key];
      if (value === undefined) throw new FaultError(404, `Flavor ${name} has no extra spec ${key}.`);
      return answer({ [key]: value });
    },
  }),
  route({
    method: 'PUT',
    path: '/flavors/:flavorId/os-extra_specs/:key',
    summary: 'Change an extra spec of a flavor',
    status: 200,
    body: SPEC_BODY,
    async handle({ context, params: { flavorId, key }, body }) {
      const names = Object.keys(body);
      if (names.length !== 1 || names[0] !== key) {
        throw new FaultError(400, `The body must have ${key} as its only member.`);
      }
      await setFlavorSpecs(context, flavorId, body, 'os_compute_api:os-flavor-extra-specs:update');
      return answer(body);
    },
  }),
  route({
    method: 'DELETE',
    path: '/flavors/:flavorId/os-extra_specs/:key',
    summary: 'Remove an extra spec of a flavor',
    status: 200,
    async handle({ context, params: { flavorId, key } }) {
      await unsetFlavorSpec(context, flavorId, key);
      return empty(200);
    },
  }),
  route({
    method: 'GET',
    path: '/flavors/:flavorId/os-flavor-access',
    summary: 'List the projects that may use a flavor',
    status: 200,
    async handle({ context, params: { flavorId } }) {
      return answer(accessView(flavorId, await projectsOfFlavor(context, flavorId)));
    },
  }),
  route({
    method: 'POST',
    path: '/flavors/:flavorId/action',
    action: 'addTenantAccess',
    summary: 'Let a project use a flavor',
    status: 200,
    body: ACCESS_BODY,
    async handle({ context, params: { flavorId }, body: { tenant } }) {
      return answer(accessView(flavorId, await grantFlavor(context, flavorId, tenant)));
    },
  }),
  route({
    method: 'POST',
    path: '/flavors/:flavorId/action',
    action: 'removeTenantAccess',
    summary: 'Let a project no longer use a flavor',
    status: 200,
    body: ACCESS_BODY,
    async handle({ context, params: { flavorId }, body: { tenant } }) {
      return answer(accessView(flavorId, await revokeFlavor(context, flavorId, tenant)));
    },
  }),
];
