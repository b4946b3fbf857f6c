/**
 * What lists of the identity API can be asked for. Parameters it does not know are ignored, as Keystone does.
 */
import { z } from 'zod';

/** Upstream takes everything for yes that is not 0 (keystone/server/flask/common.py, query_filter_is_true). */
export const flag = z.string().transform((text) => !/^(0|false|no)$/i.test(text));

const text = z.string().max(255).optional();

export const named = z.object({ name: text });
export const listed = z.object({ name: text, domain_id: text, enabled: flag.optional() });
