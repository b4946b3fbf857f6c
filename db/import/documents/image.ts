/**
 * What Glance says (Image API v2).
 */
import { z } from 'zod';
import { instant, maybeText, uuid, whole } from './fields';

export const image = z.looseObject({
  id: uuid,
  name: maybeText,
  owner: maybeText,
  status: z.string(),
  visibility: z.enum(['public', 'private', 'shared', 'community']),
  disk_format: maybeText,
  container_format: maybeText,
  min_disk: whole.nonnegative().default(0),
  min_ram: whole.nonnegative().default(0),
  size: z.number().int().nonnegative().nullish(),
  protected: z.boolean().default(false),
  created_at: instant,
  updated_at: instant,
});
