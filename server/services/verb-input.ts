/**
 * The schema of a verb's input, made of its fields: the same for every wire.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { seal } from '~/db/seal';
import type { Field, Fields, Input } from '~/server/domain/engine/fields';
import type { AnyVerb } from '~/server/domain/engine/verb';
import { RefusedError } from './refused';

const ID_MAX = 255;
const id = z.string().min(1).max(ID_MAX);
const name = z.string().min(1).max(ID_MAX);

function schemaOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return z
        .string()
        .min(field.min ?? 0)
        .max(field.max);
    case 'integer':
      return z
        .int()
        .min(field.min)
        .max(field.max ?? 2 ** 31 - 1);
    case 'choice':
      return z.enum(field.options as [string, ...string[]]);
    case 'flag':
      return z.boolean();
    case 'pick':
      // Attachments may name an instance that is not known here, but never something else.
      return field.of === 'server' ? z.guid() : id;
    case 'picks':
      return z.array(id).max(ID_MAX);
    case 'pairs':
      return z.record(name, z.string().max(field.max ?? ID_MAX));
    case 'names':
      return z.array(name).max(ID_MAX);
    case 'numbers':
      return z.record(
        name,
        z
          .int()
          .min(-1)
          .max(2 ** 31 - 1),
      );
    case 'document':
      return z.record(z.string(), z.json());
  }
}

/** @returns a schema that knows these fields and no other */
function inputSchema(fields: Fields): z.ZodType<Input> {
  const shape = Object.entries(fields).map(([key, field]) => {
    const schema = schemaOf(field);
    return [key, field.optional === true ? schema.optional() : schema] as const;
  });
  return z.strictObject(Object.fromEntries(shape)) as z.ZodType<Input>;
}

/**
 * @returns the input as the verb takes it
 * @throws RefusedError invalid, one refusal a field
 */
export function parseInput(verb: AnyVerb, input: unknown): Input {
  const parsed = inputSchema(verb.fields).safeParse(input);
  if (parsed.success) return parsed.data;
  const [first, ...rest] = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0] ?? '');
    const label = verb.fields[key]?.label ?? 'The input';
    return {
      rule: `${verb.name}.invalid-input`,
      code: 'invalid' as const,
      message: `${label}: ${issue.message}.`,
    };
  });
  if (first === undefined) throw parsed.error;
  throw new RefusedError([first, ...rest]);
}

/** Those fields of a form in progress that are fit to be looked at; the others are left out. */
export function parsePartialInput(verb: AnyVerb, input: Readonly<Record<string, unknown>>): Input {
  const fit = Object.entries(verb.fields).flatMap(([key, field]) => {
    // A key is compared when it is used, and not while it is typed.
    if (key === 'authKey') return [];
    const parsed = schemaOf(field).safeParse(input[key]);
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  return Object.fromEntries(fit) as Input;
}

/** What is looked at of a connector; clients send null for what they do not know. */
const connectorShape = z.looseObject({
  host: z.string().min(1).max(ID_MAX).nullish(),
  mode: z.enum(['rw', 'ro']).nullish(),
  mountpoint: z.string().max(ID_MAX).nullish(),
  ip: z.string().nullish(),
  initiator: z.string().nullish(),
  multipath: z.union([z.boolean(), z.string()]).nullish(),
});

/**
 * A connector holds what must not be readable at rest: the verb gets it sealed, with what rules look at beside it. Of the
 * key of a transfer it gets a hash, to keep it or to compare it with the one that was kept.
 * @param key 32 bytes
 * @throws RefusedError invalid for a connector that no host could have sent
 */
export async function sealInput(key: Uint8Array, verb: AnyVerb, input: Input): Promise<Input> {
  const { connector, authKey } = input;
  if (typeof authKey === 'string') return { ...input, authKey: hashOf(key, authKey) };
  if (verb.fields.connector?.kind !== 'document' || connector === undefined || connector === null)
    return input;
  // An empty one stands for none; where one is needed, its rule says so.
  if (Object.keys(connector).length === 0 && verb.fields.connector.optional === true) {
    const { connector: _, ...rest } = input;
    return rest;
  }
  const { host, mode, mountpoint } = shapeOf(verb, connector);
  const sealed = await seal(key, connector as object);
  return {
    ...input,
    connector: {
      sealed,
      ...(host == null ? {} : { host }),
      ...(mode == null ? {} : { mode }),
      ...(mountpoint == null ? {} : { mountpoint }),
    },
  };
}

/** Hashed with our secret: nobody who reads it can guess the key from it. */
function hashOf(secret: Uint8Array, authKey: string): string {
  return createHmac('sha256', secret).update(`transfer ${authKey}`).digest('base64url');
}

function shapeOf(verb: AnyVerb, connector: unknown): z.output<typeof connectorShape> {
  const parsed = connectorShape.safeParse(connector);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RefusedError([
    {
      rule: `${verb.name}.invalid-input`,
      code: 'invalid',
      message: `Connector, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}.`,
    },
  ]);
}
