/**
 * What a form offers to pick from: of the project it is about, by name, page by page.
 */
import { expect, it } from 'vitest';
import { makeServer, makeVolume, type ProjectRecord } from '~/db/factories';
import { openTwoProjects } from '~/server/testing/two-projects';
import { actionOptions } from './action-options';
import { perform } from './perform';
import { getVolume } from './volume-rows';

const here = openTwoProjects();

function volumeOf({ id: projectId }: ProjectRecord, name: string) {
  return makeVolume(here.cloud.runtime.database, { projectId, name });
}

async function namesFor(context: typeof here.admin, about?: { kind: 'volume' | 'project'; id: string }) {
  const { rows } = await actionOptions(context, { of: 'volume', search: '', about });
  return rows.map(({ name }) => name);
}

it('things are of the project that the form is about, for whoever may look into it', async () => {
  const [mine, theirs] = [await volumeOf(here.project, 'mine'), await volumeOf(here.other, 'theirs')];
  expect(await namesFor(here.admin, { kind: 'volume', id: theirs.id })).toEqual(['theirs']);
  expect(await namesFor(here.admin, { kind: 'project', id: here.other.id })).toEqual(['theirs']);
  expect(await namesFor(here.member, { kind: 'volume', id: theirs.id })).toEqual(['mine']);
  expect(await namesFor(here.member, { kind: 'project', id: here.other.id })).toEqual(['mine']);
  expect(await namesFor(here.member, { kind: 'volume', id: mine.id })).toEqual(['mine']);
  expect(await namesFor(here.member, { kind: 'volume', id: 'no id at all' })).toEqual(['mine']);
});

it('what does not fit one page comes on the next, each once', async () => {
  const { database } = here.cloud.runtime;
  for (let number = 0; number < 60; number += 1) {
    await makeServer(database, { projectId: here.project.id, host: null, name: `web-${number}` });
  }
  const first = await actionOptions(here.member, { of: 'server', search: 'web-' });
  expect(first.rows).toHaveLength(50);
  const rest = await actionOptions(here.member, { of: 'server', search: 'web-', cursor: first.next ?? 0 });
  expect(rest).toMatchObject({ next: null });
  expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(60);
});

it('a volume tells the id of its offer to its own project', async () => {
  const { id } = await volumeOf(here.project, 'handed-over');
  expect((await getVolume(here.member, id)).transferId).toBeNull();
  const { answer } = await perform(here.member, {
    action: 'volume.create-transfer',
    id,
    input: { authKey: 'tide table' },
  });
  expect((await getVolume(here.member, id)).transferId).toBe(answer.transferId);
});
