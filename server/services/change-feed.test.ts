/**
 * Who hears of what: a project of its own things, everybody of what belongs to nobody, administrators of all.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeProject, type ProjectRecord } from '~/db/factories';
import type { Role } from '~/server/domain/roles';
import { as, openTestCloud, type TestCloud } from '~/server/testing/test-cloud';
import { type Announced, announce, EVERYBODY, NO_ID } from './announce';
import { type ChangeFeed, type FeedEvent, followChanges, lastPosition, openChangeFeed } from './change-feed';

let cloud: TestCloud;
let feed: ChangeFeed;
let mine: ProjectRecord;
let theirs: ProjectRecord;

beforeAll(async () => {
  cloud = await openTestCloud();
  mine = await makeProject(cloud.runtime.database);
  theirs = await makeProject(cloud.runtime.database);
  // A feed in which nothing has been said has no position to come back to.
  await say([{ kind: 'volume', id: NO_ID, projectId: mine.id }]);
  feed = await openChangeFeed(cloud.runtime);
});

afterAll(async () => {
  await feed.close();
  await cloud.close();
});

function say(objects: readonly Announced[]): Promise<unknown> {
  return cloud.runtime.database.sql.begin((sql) => announce(sql, objects));
}

/** Announces something and gives what somebody hears of it: at once, or when coming back to the stream. */
async function heardBy(role: Role, objects: readonly Announced[], how: 'live' | 'later'): Promise<FeedEvent> {
  const context = as(role, mine, cloud.runtime);
  const since = await lastPosition(context);
  const ending = new AbortController();
  const stream = followChanges(context, feed, how === 'live' ? null : since, ending.signal);
  try {
    if (how === 'live') await stream.next();
    await say(objects);
    // Whoever comes back gets what was said meanwhile as the first event; whoever listens may still hear what was said before.
    for await (const { event } of stream) {
      if ('changes' in event && event.changes.some(({ id }) => id === objects[0]?.id)) return event;
    }
    throw new Error('the stream ended');
  } finally {
    ending.abort();
  }
}

it.each<['live' | 'later', Role, number[]]>([
  ['live', 'member', [0, 1, 2]],
  ['live', 'admin', [0, 1, 2, 3, 4]],
  ['later', 'member', [0, 1, 2]],
  ['later', 'admin', [0, 1, 2, 3, 4]],
])('%s, %s hears of what is theirs and of what is everybody’s', async (how, role, expected) => {
  const objects: Announced[] = [
    { kind: 'snapshot', id: randomUUID(), projectId: mine.id },
    { kind: 'volume-type', id: randomUUID(), projectId: EVERYBODY },
    { kind: 'quota', id: NO_ID, projectId: mine.id },
    { kind: 'snapshot', id: randomUUID(), projectId: theirs.id },
    { kind: 'quota', id: randomUUID(), projectId: theirs.id },
  ];
  const event = await heardBy(role, objects, how);
  const heard = 'changes' in event ? event.changes : [];
  const told = expected.flatMap((index) => objects.slice(index, index + 1));
  for (const { kind, id } of told) expect(heard).toContainEqual({ kind, id });
  for (const { kind, id } of objects.filter((each) => !told.includes(each))) {
    expect(heard).not.toContainEqual({ kind, id });
  }
});
