import { expect, test } from 'vitest';
import { readSettings } from './settings';

test('an empty environment gives the demo cloud on the embedded database', () => {
  expect(readSettings({ XDG_DATA_HOME: '/data' })).toMatchObject({
    port: 3000,
    host: null,
    databaseUrl: null,
    dataDir: '/data/mooring',
    demo: true,
    logLevel: 'info',
  });
});

test('a database of its own comes without the demo cloud, unless it is asked for', () => {
  const DATABASE_URL = 'postgres://me@db.example/mooring';
  expect(readSettings({ DATABASE_URL }).demo).toBe(false);
  expect(readSettings({ DATABASE_URL, MOORING_DEMO: '1' }).demo).toBe(true);
});

test('an empty variable counts as not set', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null });
});

test.each([
  ['PORT', '70000', 'PORT is wrong: it must be a port number from 0 to 65535'],
  ['PORT', 'http', 'PORT is wrong: it must be a port number from 0 to 65535'],
  ['HOST', 'a b', 'HOST is wrong: it must be an IP address or host name to listen on'],
  ['PUBLIC_URL', 'cloud.example.org', 'PUBLIC_URL is wrong'],
  ['PUBLIC_URL', 'https://cloud.example.org/console', 'without a path'],
  ['DATABASE_URL', 'mysql://me:hunter2@db/mooring', 'DATABASE_URL is wrong'],
  ['DATABASE_URL', 'postgres:///mooring?host=/run/pg', 'postgres://user@%2Frun%2Fpostgresql/mooring'],
  ['MOORING_DEMO', 'maybe', 'MOORING_DEMO is wrong: it must be 1 or 0'],
  ['MOORING_SECRET_KEY', 'hunter2', 'MOORING_SECRET_KEY is wrong: it must be 32 bytes in base64 or hex'],
  ['MOORING_LOG_LEVEL', 'loud', 'MOORING_LOG_LEVEL is wrong: it must be one of trace, debug'],
  ['MOORING_SIMULATED_LATENCY_MS', '800-200', 'MOORING_SIMULATED_LATENCY_MS is wrong'],
])('%s=%s is refused by name, without repeating the value', (name, value, sentence) => {
  expect(() => readSettings({ [name]: value })).toThrow(sentence);
  expect(() => readSettings({ [name]: value })).not.toThrow('hunter2');
});

test('every wrong variable is named', () => {
  expect(() => readSettings({ PORT: 'x', HOST: '?' })).toThrow(/^PORT.*\nHOST.*$/);
});

test('keys are read from base64 and from hex', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => at);
  for (const encoding of ['base64', 'hex'] as const) {
    expect(readSettings({ MOORING_SECRET_KEY: Buffer.from(bytes).toString(encoding) }).secretKey).toEqual(
      bytes,
    );
  }
});

test('the outward address loses its trailing slash; a latency may be a range', () => {
  const settings = readSettings({
    PUBLIC_URL: 'https://cloud.example.org/',
    MOORING_SIMULATED_LATENCY_MS: '50',
  });
  expect(settings.publicUrl).toBe('https://cloud.example.org');
  expect(settings.simulatedLatency).toEqual({ min: 50, max: 50 });
});
