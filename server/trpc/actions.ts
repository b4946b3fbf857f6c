/**
 * Every verb of the engine: what it asks for, what it would do, and doing it, to one object or to many.
 */
import { z } from 'zod';
import { ACTION_NAMES } from '~/server/domain/action';
import { actionForm } from '~/server/services/action-form';
import { actionOptions } from '~/server/services/action-options';
import { explainActions, explainMany } from '~/server/services/explain-actions';
import { perform, performMany } from '~/server/services/perform';
import { procedure, router } from './init';

const BULK_MAX = 200;
/** Whoever has scrolled past as many had better search. */
const OPTIONS_MAX = 10_000;
const id = z.string().min(1).max(255);
const noun = z.enum([
  'server',
  'volume',
  'attachment',
  'snapshot',
  'volumeType',
  'qosSpecs',
  'image',
  'computeService',
  'storageService',
  'project',
]);
const action = z.enum(ACTION_NAMES);
/** Checked by the verb's own fields. */
const input = z.record(z.string(), z.json()).default({});

export const actionsRouter = router({
  explain: procedure
    .input(z.object({ kind: noun, id }))
    .query(async ({ ctx, input: { kind, id: object } }) => ({
      object: { kind, id: object },
      actions: await explainActions(ctx.service, kind, object),
    })),
  explainMany: procedure
    .input(z.object({ kind: noun.exclude(['project']), ids: z.array(id).max(BULK_MAX) }))
    .query(({ ctx, input: { kind, ids } }) => explainMany(ctx.service, kind, ids)),
  form: procedure
    .input(z.object({ action, id, input }))
    .query(({ ctx, input: call }) => actionForm(ctx.service, call)),
  run: procedure
    .input(z.object({ action, id, input, dryRun: z.boolean().default(false) }))
    .mutation(({ ctx, input: { dryRun, ...call } }) => perform(ctx.service, call, { dryRun })),
  runMany: procedure
    .input(z.object({ action, ids: z.array(id).min(1).max(BULK_MAX), input }))
    .mutation(async ({ ctx, input: call }) => ({ results: await performMany(ctx.service, call) })),
  options: procedure
    .input(
      z.object({
        of: z.enum([
          'server',
          'volume',
          'snapshot',
          'attachment',
          'volumeType',
          'qosSpecs',
          'image',
          'flavor',
          'pool',
          'host',
          'project',
        ]),
        search: z.string().max(255).default(''),
        /** Things are of the project that this is in. */
        about: z.object({ kind: noun, id }).optional(),
        cursor: z.int().min(0).max(OPTIONS_MAX).optional(),
      }),
    )
    .query(({ ctx, input: query }) => actionOptions(ctx.service, query)),
});
