/**
 * Source: keystone/api/projects.py
 */
import { z } from 'zod';
import {
  createProject,
  deleteProject,
  getProject,
  listProjects,
  updateProject,
} from '~/server/services/identity/projects';
import { answer, empty, route } from '../route';
import { inDefaultDomain } from './domain-of-body';
import { listed } from './query';
import { collection, showProject } from './views';

/** Keystone's own limits (keystone/resource/schema.py). */
const fields = {
  name: z.string().trim().min(1).max(64),
  description: z.string().max(65_535).nullish(),
  enabled: z.boolean().optional(),
  domain_id: z.string().max(64).nullish(),
  parent_id: z.string().max(64).nullish(),
  is_domain: z.literal(false).optional(),
  // Better refused than lost: whoever keeps projects by a program would set them again and again.
  tags: z.array(z.string()).max(0, { error: 'expects none, as projects have no tags here' }).optional(),
};

const tagged = z.string().optional();
const byTags = listed.extend({ tags: tagged, 'tags-any': tagged });

const list = route({
  method: 'GET',
  path: '/projects',
  summary: 'List projects',
  status: 200,
  query: { 0: byTags },
  handle: async (call) => {
    const { name, domain_id: domainId, enabled, tags, 'tags-any': anyTag } = call.query;
    const found = await listProjects(call.context, { name, domainId, enabled });
    const asked = tags || anyTag ? [] : found;
    return answer(
      collection(
        call,
        'projects',
        asked.map((each) => showProject(call, each)),
      ),
    );
  },
});

const show = route({
  method: 'GET',
  path: '/projects/:id',
  summary: 'See a project',
  status: 200,
  handle: async (call) =>
    answer({ project: showProject(call, await getProject(call.context, call.params.id)) }),
});

const create = route({
  method: 'POST',
  path: '/projects',
  summary: 'Create a project',
  status: 201,
  body: { 0: z.object({ project: z.object(fields) }) },
  handle: async (call) => {
    const { name, description, enabled, domain_id: domainId, parent_id: parentId } = call.body.project;
    inDefaultDomain(domainId, parentId);
    const made = await createProject(call.context, { name, description: description ?? undefined, enabled });
    return answer({ project: showProject(call, made) }, 201);
  },
});

const update = route({
  method: 'PATCH',
  path: '/projects/:id',
  summary: 'Change a project, or disable it',
  status: 200,
  body: { 0: z.object({ project: z.object({ ...fields, name: fields.name.optional() }) }) },
  handle: async (call) => {
    const { name, description, enabled, domain_id: domainId, parent_id: parentId } = call.body.project;
    inDefaultDomain(domainId, parentId);
    const changed = await updateProject(call.context, call.params.id, {
      name,
      description: description === null ? '' : description,
      enabled,
    });
    return answer({ project: showProject(call, changed) });
  },
});

const remove = route({
  method: 'DELETE',
  path: '/projects/:id',
  summary: 'Delete a project that owns nothing',
  status: 204,
  handle: async (call) => {
    await deleteProject(call.context, call.params.id);
    return empty(204);
  },
});

const ofUser = route({
  method: 'GET',
  path: '/users/:id/projects',
  summary: 'List the projects in which a user has a role',
  status: 200,
  query: { 0: listed },
  handle: async (call) => {
    const { name, domain_id: domainId, enabled } = call.query;
    const found = await listProjects(call.context, { name, domainId, enabled }, call.params.id);
    return answer(
      collection(
        call,
        'projects',
        found.map((each) => showProject(call, each)),
      ),
    );
  },
});

export const PROJECT_ROUTES = [list, show, create, update, remove, ofUser];
