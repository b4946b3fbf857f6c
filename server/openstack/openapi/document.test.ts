/**
 * The document says what the routes are: all of them, and soundly.
 */
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SERVICES } from '../handler';
import { answer, route } from '../route';
import type { Service } from '../service';
import { openApiDocument } from './document';

interface Operation {
  operationId: string;
  summary: string;
  parameters: { name?: string; in?: string; description?: string }[];
  requestBody?: { content: { 'application/json': { schema: Record<string, unknown> } } };
  responses: Record<string, unknown>;
  security: unknown[];
  'x-routes': { summary: string; action: string | null }[];
}

function bodiesOf(operation: Operation | undefined): Record<string, unknown>[] {
  const schema = operation?.requestBody?.content['application/json'].schema;
  return (schema?.anyOf ?? []) as Record<string, unknown>[];
}

type Paths = Record<string, Record<string, Operation>>;

const whole = openApiDocument(SERVICES);

function operations(document: Record<string, unknown>): [string, Operation][] {
  return Object.entries(document.paths as Paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
}

describe('the document of all APIs', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(whole)));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every reference it makes', () => {
    const text = JSON.stringify(whole);
    const references = new Set(
      [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)].map(([found]) => found),
    );
    const components = whole.components as Record<string, Record<string, unknown>>;
    for (const reference of references) {
      const [, kind = '', name = ''] = /components\/(\w+)\/([^"]+)"/.exec(reference) ?? [];
      expect(components[kind], reference).toHaveProperty([name]);
    }
    expect(
      [...text.matchAll(/"\$ref":"([^"]*)"/g)].filter(([, to]) => !to?.startsWith('#/components/')),
    ).toEqual([]);
  });

  it('has every route of every service', () => {
    const all = new Map(operations(whole));
    for (const service of SERVICES) {
      for (const { method, path, action, summary } of service.routes) {
        const place = `${method.toLowerCase()} ${service.prefix}${service.roots[0]}${path.replace(/:(\w+)/g, '{$1}')}`;
        expect(all.get(place)?.['x-routes'], place).toContainEqual(
          expect.objectContaining({ summary, action: action ?? null }),
        );
      }
    }
  });

  it('names each operation once', () => {
    const ids = operations(whole).map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of every operation what it does, and how it may fail', () => {
    for (const [place, { summary, responses }] of operations(whole)) {
      expect(summary, place).toMatch(/^[A-Z].{3,}[^.]$/);
      expect(Object.keys(responses).length, place).toBeGreaterThan(0);
    }
  });
});

describe('an operation', () => {
  const thing = z.strictObject({ name: z.string().min(1), size: z.int().optional() });
  const routes = [
    route({
      method: 'PUT',
      path: '/things/:thingId',
      summary: 'Change a thing',
      status: 202,
      since: 3,
      query: { 0: z.object({ force: z.string().optional() }), 7: z.object({ soon: z.string().optional() }) },
      until: 60,
      body: {
        0: thing,
        2: thing,
        5: thing.extend({ colour: z.string() }),
        9: z.record(z.string(), z.json()),
        61: thing,
      },
      handle: () => answer({}),
    }),
    ...['paint', 'break'].map((action) =>
      route({
        method: 'POST',
        path: '/things/:thingId/action',
        action,
        summary: `${action} a thing`,
        handle: () => answer({}),
      }),
    ),
    route({ open: true, method: 'GET', path: '/things', summary: 'List things', handle: () => answer({}) }),
  ];
  const volume = SERVICES.find(({ name }) => name === 'volume') as Service;
  const all = new Map(operations(openApiDocument([{ ...volume, routes }])));
  const change = all.get('put /volume/v3/things/{thingId}');

  it('has parameters of address, query and header, with the version that brought them', () => {
    expect(change?.parameters).toEqual([
      { name: 'thingId', in: 'path', required: true, schema: { type: 'string' } },
      {
        name: 'force',
        in: 'query',
        required: false,
        schema: { type: 'string' },
        description: 'From version 3.3 on.',
      },
      {
        name: 'soon',
        in: 'query',
        required: false,
        schema: { type: 'string' },
        description: 'From version 3.7 on.',
      },
      { $ref: '#/components/parameters/volume-version' },
    ]);
  });

  it('has a body for each range of versions', () => {
    const anyOf = bodiesOf(change);
    expect(anyOf.map((body) => [body['x-since'], body['x-until']])).toEqual([
      ['3.3', '3.4'],
      ['3.5', '3.8'],
      ['3.9', '3.60'],
    ]);
    expect(anyOf[0]).toMatchObject({
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      description: 'Change a thing, versions 3.3 to 3.4',
    });
  });

  it('has one body for each action behind the address', () => {
    const act = all.get('post /volume/v3/things/{thingId}/action');
    expect(act?.summary).toBe('Act on it: 2 actions');
    expect(act?.requestBody?.content['application/json'].schema).toMatchObject({
      anyOf: [
        { title: 'paint', required: ['paint'] },
        { title: 'break', required: ['break'] },
      ],
    });
  });

  it('says how it ends, and what is needed for it', () => {
    expect(Object.keys(change?.responses ?? {})).toEqual([
      '202',
      '400',
      '401',
      '403',
      '404',
      '406',
      '409',
      '413',
      '415',
    ]);
    expect(Object.keys(all.get('get /volume/v3/things')?.responses ?? {})).toEqual([
      '400',
      '404',
      '406',
      '409',
      '2XX',
    ]);
    expect(change?.['x-routes']).toMatchObject([{ summary: 'Change a thing', status: '202' }]);
    expect(change?.security).toEqual([{ token: [] }, { token: [], serviceToken: [] }]);
    expect(all.get('get /volume/v3/things')?.security).toEqual([]);
  });
});
