/**
 * Which projects may use a private volume type.
 * Source: cinder/api/contrib/volume_type_access.py
 */
import { z } from 'zod';
import { perform } from '~/server/services/perform';
import { listTypeAccess } from '~/server/services/records/volume-type-records';
import { authorize } from '~/server/services/refused';
import { answer, empty, type Route, route } from '../route';

const forProject = z.strictObject({ project: z.string().min(1).max(255) });

export const TYPE_ACCESS_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/types/:typeId/os-volume-type-access',
    summary: 'List the projects that may use a private volume type',
    status: 200,
    handle: async ({ context, params }) => {
      const projects = await listTypeAccess(context, params.typeId);
      return answer({
        volume_type_access: projects.map((project_id) => ({ volume_type_id: params.typeId, project_id })),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/types/:typeId/action',
    action: 'addProjectAccess',
    summary: 'Let a project use a private volume type',
    status: 202,
    body: { 0: forProject },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:volume_type_access:addProjectAccess');
      await perform(context, { action: 'volume-type.add-access', id: params.typeId, input: body });
      return empty(202);
    },
  }),
  route({
    method: 'POST',
    path: '/types/:typeId/action',
    action: 'removeProjectAccess',
    summary: 'Let a project no longer use a private volume type',
    status: 202,
    body: { 0: forProject },
    handle: async ({ context, params, body }) => {
      authorize(context, 'volume_extension:volume_type_access:removeProjectAccess');
      await perform(context, { action: 'volume-type.remove-access', id: params.typeId, input: body });
      return empty(202);
    },
  }),
];
