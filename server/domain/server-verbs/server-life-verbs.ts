/**
 * The verbs of a server's life.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { CREATE_SERVER } from './create-server';
import { DELETE_SERVER, FORCE_DELETE_SERVER } from './delete-server';
import { RESIZE_SERVER } from './resize-server';
import { CONFIRM_RESIZE_SERVER, REVERT_RESIZE_SERVER } from './settle-resize';
import { SHELVE_OFFLOAD_SERVER, SHELVE_SERVER } from './shelve-server';
import { RESTORE_SERVER, SOFT_DELETE_SERVER } from './soft-delete-server';
import { UNSHELVE_SERVER } from './unshelve-server';
import { UPDATE_SERVER } from './update-server';

export const SERVER_LIFE_VERBS = {
  'server.create': CREATE_SERVER,
  'server.update': UPDATE_SERVER,
  'server.delete': DELETE_SERVER,
  'server.soft-delete': SOFT_DELETE_SERVER,
  'server.force-delete': FORCE_DELETE_SERVER,
  'server.restore': RESTORE_SERVER,
  'server.shelve': SHELVE_SERVER,
  'server.shelve-offload': SHELVE_OFFLOAD_SERVER,
  'server.unshelve': UNSHELVE_SERVER,
  'server.resize': RESIZE_SERVER,
  'server.confirm-resize': CONFIRM_RESIZE_SERVER,
  'server.revert-resize': REVERT_RESIZE_SERVER,
} satisfies Partial<Record<VerbName, AnyVerb>>;
