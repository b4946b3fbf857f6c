import { describe, expect, test } from 'vitest';
import { exampleCommand } from './example-command';
import { type Call, callsOf, matches, type OpenApi, type Schema } from './read-document';
import { about, exampleOf, fieldLines } from './schema-fields';

const text: Schema = { type: 'string' };

const document: OpenApi = {
  tags: [{ name: 'volume', description: 'Volumes' }],
  paths: {
    '/volume/v3/volumes/{volumeId}/action': {
      post: {
        operationId: 'volume.post.volumes.volumeId.action',
        tags: ['volume'],
        security: [{ token: [] }],
        parameters: [
          { name: 'volumeId', in: 'path', required: true, schema: text },
          { $ref: '#/components/parameters/volume-version' },
        ],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                anyOf: [
                  {
                    title: 'os-extend',
                    'x-since': null,
                    'x-until': null,
                    type: 'object',
                    properties: {
                      'os-extend': {
                        type: 'object',
                        properties: { new_size: { type: 'integer', minimum: 1 } },
                        required: ['new_size'],
                      },
                    },
                    required: ['os-extend'],
                  },
                  { title: 'revert', 'x-since': '3.40', 'x-until': '3.60', type: 'object' },
                ],
              },
            },
          },
        },
        responses: { 202: { description: 'Done' }, 404: { $ref: '#/components/responses/volume-404' } },
        'x-routes': [
          { summary: 'Extend a volume', action: 'os-extend', status: '202', since: null, until: null },
          { summary: 'Revert a volume', action: 'revert', status: null, since: '3.40', until: '3.60' },
        ],
      },
    },
  },
  components: {
    parameters: { 'volume-version': { example: 'volume 3.71' } },
    responses: { 'volume-404': { description: 'Not there' } },
  },
};

const [extend, revert] = callsOf(document) as [Call, Call];

describe('the calls of a document', () => {
  test('each action is a call of its own, with its own bodies', () => {
    expect(extend).toMatchObject({
      id: 'volume.post.volumes.volumeId.action:os-extend',
      method: 'POST',
      action: 'os-extend',
      version: 'volume 3.71',
      needsToken: true,
      parameters: [{ name: 'volumeId', place: 'path', required: true }],
      answers: [
        { status: '202', meaning: 'Done' },
        { status: '404', meaning: 'Not there' },
      ],
    });
    expect(revert.answers).toEqual([{ status: '404', meaning: 'Not there' }]);
    expect(extend.bodies.map(({ since }) => since)).toEqual([null]);
    expect(revert.bodies.map(({ since, until }) => [since, until])).toEqual([['3.40', '3.60']]);
  });

  test.each([
    ['extend', true],
    ['VOLUMES post', true],
    ['os-extend volume', true],
    ['revert', false],
  ])('found by every word of %s: %s', (search, found) => {
    expect(matches(extend, search)).toBe(found);
  });

  test('made from a shell', () => {
    const [body = null] = extend.bodies;
    expect(exampleCommand(extend, 'http://here', body)).toBe(
      [
        "curl -X POST 'http://here/volume/v3/volumes/<volumeId>/action'",
        '-H "X-Auth-Token: $OS_TOKEN"',
        "-H 'OpenStack-API-Version: volume 3.71'",
        "-H 'Content-Type: application/json'",
        `-d '${JSON.stringify({ 'os-extend': { new_size: 1 } }, null, 2)}'`,
      ].join(' \\\n  '),
    );
    expect(exampleCommand(revert, 'http://here', null)).toContain('volume 3.60');
  });
});

describe('a schema in words', () => {
  test.each<[Schema, string, string]>([
    [{ type: 'string', minLength: 1, maxLength: 255 }, 'text', '1 to 255 characters'],
    [{ anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] }, 'text or null', 'at most 9 characters'],
    [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'whole number', 'at least 0'],
    [{ enum: ['rw', 'ro'] }, '"rw" or "ro"', ''],
    [{ enum: [...'abcdefghij'] }, 'one of 10 words', ''],
    [{ anyOf: [{ type: 'boolean' }, { enum: [...'abcdefghij'] }] }, 'true or false', ''],
    [{ type: 'array', items: text }, 'list of text', ''],
    [{ type: 'string', format: 'uuid' }, 'UUID', ''],
    [{ type: 'string', minLength: 1 }, 'text', 'at least 1 character'],
    [{}, 'anything', ''],
  ])('%j is %s', (schema, type, limits) => {
    expect(about(schema)).toEqual({ type, limits });
  });

  const server: Schema = {
    type: 'object',
    required: ['name', 'disks'],
    properties: {
      name: text,
      disks: {
        type: 'array',
        items: { type: 'object', properties: { size: { type: 'integer' } }, required: ['size'] },
      },
      metadata: { type: 'object', additionalProperties: text },
      note: { anyOf: [{ type: 'null' }, text] },
    },
  };

  test('line by line', () => {
    expect(fieldLines(server).map(({ name, required }) => [name, required])).toEqual([
      ['name', true],
      ['disks', true],
      ['disks[].size', true],
      ['metadata', false],
      ['metadata.<name>', false],
      ['note', false],
    ]);
  });

  test('by an example of what must be there', () => {
    expect(exampleOf(server)).toEqual({ name: '<name>', disks: [{ size: 1 }] });
    expect(exampleOf({ type: 'object', additionalProperties: text })).toEqual({ name: '<value>' });
    expect(exampleOf({ anyOf: [{ type: 'null' }, text] }, 'host')).toBe('<host>');
    expect(exampleOf({})).toBeNull();
  });

  test('that refers to itself ends', () => {
    const endless: Schema = { type: 'object', required: ['next'] };
    endless.properties = { next: endless };
    expect(fieldLines(endless).length).toBeLessThan(20);
    expect(JSON.stringify(exampleOf(endless))).toContain('next');
  });
});
