import postgres from 'postgres';
import { expect, test } from 'vitest';
import { socketOptions } from './socket-url';
import { createTestDatabase } from './testing';

test('databases of two tests are migrated and know nothing of each other', async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const [a, b] = [one, two].map(({ url }) => postgres(url, { ...socketOptions(url), max: 1 }));
  if (!a || !b) throw new Error('two databases were asked for');
  await a`insert into projects (id, name) values ('p1', 'first')`;
  expect(await b`select * from projects`).toHaveLength(0);
  await Promise.all([a.end(), b.end()]);
  await one.drop();
  await expect(postgres(one.url, { ...socketOptions(one.url), max: 1 })`select 1`).rejects.toThrow(
    'does not exist',
  );
  await two.drop();
});
