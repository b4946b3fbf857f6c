/**
 * Every action on every kind of object in every state that the demo cloud shows: what a menu offers is not refused by
 * rule, and what it refuses is not possible. Nothing is changed: all runs are dry.
 */

import { randomUUID } from 'node:crypto';
import type { Outputs } from '~/app/_trpc/types';
import { makeVolumeType } from '~/db/factories';
import type { Field, Fields } from '~/server/domain/engine/fields';
import { VERB_ACTIONS, type VerbName } from '~/server/domain/verb-catalogue';
import { type Client, clientOf, refusalsTo } from './stories/client';
import { logIn } from './stories/console';
import { expect, test } from './stories/story';

type Kind = 'server' | 'volume' | 'attachment' | 'snapshot' | 'volumeType' | 'image';
/** Things are made in a project, and its quota is changed; QoS specs and services have no pages of their own. */
type Noun = Kind | 'qosSpecs' | 'computeService' | 'storageService' | 'project';

interface Thing {
  kind: Noun;
  id: string;
  name: string;
  /** All that rules could look at; of things that are alike in it, one is enough. */
  state: string;
}

type Explanation = Outputs['actions']['explain']['actions'][number];

const MOST = 200;

/** Names that other stories give what they make, and may delete any moment. */
const OF_A_STORY = /-[0-9a-f]{8}$/;

function isNoStorys({ name }: { name: string }): boolean {
  return !OF_A_STORY.test(name);
}

/** @returns one thing of each kind in each state */
async function thingsOf(client: Client, allProjects: boolean): Promise<Thing[]> {
  const all = { allProjects, limit: MOST };
  // Of the whole cloud, for administrators.
  const ofTheCloud = allProjects
    ? Promise.all([
        client.volumeTypes.qosSpecs.query(),
        client.hosts.list.query({}).then(({ rows }) => rows),
        client.services.list.query({}).then(({ rows }) => rows),
      ])
    : null;
  const [session, servers, volumes, attachments, snapshots, types, images] = await Promise.all([
    client.session.current.query(),
    client.servers.list.query(all),
    client.volumes.list.query(all),
    client.attachments.list.query(all),
    client.snapshots.list.query(all),
    client.volumeTypes.list.query({}),
    client.images.list.query({}),
  ]);
  const [qosSpecs, hosts, services] = (await ofTheCloud) ?? [[], [], []];
  const project = session?.project;
  const things: Thing[] = [
    ...(project === undefined ? [] : [{ kind: 'project' as const, ...project, state: '' }]),
    ...servers.rows.map(({ id, facts, host, attachmentCount: disks }) => ({
      kind: 'server' as const,
      id,
      name: facts.name,
      state: [facts.vmState, facts.taskState, facts.lockedBy, host?.up, disks > 0].join(),
    })),
    ...volumes.rows.map(({ id, facts, attachments: held }) => ({
      kind: 'volume' as const,
      id,
      name: facts.name,
      state: [
        facts.status,
        facts.migrationStatus,
        facts.multiattach,
        facts.readonly,
        ...held.map((each) => each.attachStatus),
      ].join(),
    })),
    ...attachments.rows.map(({ id, facts, volume }) => ({
      kind: 'attachment' as const,
      id,
      name: `${volume.name} on ${facts.instanceName}`,
      state: [facts.attachStatus, facts.computeSide === null, volume.status, facts.mode].join(),
    })),
    ...snapshots.rows.map(({ id, name, status }) => ({
      kind: 'snapshot' as const,
      id,
      name,
      state: status,
    })),
    ...types.rows.filter(isNoStorys).map((type) => ({
      kind: 'volumeType' as const,
      id: type.id,
      name: type.name,
      state: [type.public, type.multiattach, type.volumes > 0].join(),
    })),
    ...images.rows.filter(isNoStorys).map((image) => ({
      kind: 'image' as const,
      id: image.id,
      name: image.name,
      state: [image.status, image.visibility, image.protected].join(),
    })),
    ...qosSpecs.filter(isNoStorys).map(({ id, name, specs, types: having }) => ({
      kind: 'qosSpecs' as const,
      id,
      name,
      state: [Object.keys(specs).length > 0, having.length > 0].join(),
    })),
    ...hosts.map(({ id, name, enabled, up }) => ({
      kind: 'computeService' as const,
      id,
      name,
      state: [enabled, up].join(),
    })),
    ...services.flatMap(({ id, binary, enabled, frozen }) =>
      binary.startsWith('cinder-')
        ? [{ kind: 'storageService' as const, id, name: id, state: [binary, enabled, frozen].join() }]
        : [],
    ),
  ];
  return [...new Map(things.map((thing) => [`${thing.kind} ${thing.state}`, thing])).values()];
}

/** Something that a field takes, for those that have to be given. */
function sampleOf(field: Field): Outputs['actions']['form']['initial'][string] {
  switch (field.kind) {
    case 'integer':
      return field.min;
    case 'choice':
      return field.options[0] ?? '';
    case 'flag':
      return false;
    case 'picks':
    case 'names':
      return [];
    case 'pairs':
    case 'numbers':
    case 'document':
      return {};
    case 'text':
      return 'x'.repeat(field.min ?? 0);
    case 'pick':
      return '00000000-0000-4000-8000-000000000000';
  }
}

function isVerb(action: string): action is VerbName {
  return action in VERB_ACTIONS;
}

/** @returns what is wrong with the answer to one action on one thing; null when nothing is */
async function judge(client: Client, thing: Thing, explained: Explanation): Promise<string | null> {
  const { action } = explained;
  if (!isVerb(action)) return null;
  const form = await client.actions.form.query({ action, id: thing.id, input: {} });
  const fields: Fields = form.fields;
  const given: Record<string, unknown> = { ...form.initial };
  const lacking = Object.entries(fields).filter(
    ([name, field]) => field.optional !== true && given[name] === undefined,
  );
  for (const [name, field] of lacking) given[name] = sampleOf(field);
  const input = given as NonNullable<Parameters<Client['actions']['run']['mutate']>[0]['input']>;
  const said = await refusalsTo(client.actions.run.mutate({ action, id: thing.id, input, dryRun: true }));
  const about = `${action} on ${thing.kind} ${thing.name} (${thing.state})`;
  const expected = explained.refusals.map(({ rule }) => rule);
  const rules = said.map(({ rule }) => rule);
  if (expected.length === 0) {
    // What somebody has to choose first may be wrong; nothing else may be.
    if (lacking.length > 0 || rules.length === 0) return null;
    return `${about} is offered, and refused: ${said.map(({ message }) => message).join(' ')}`;
  }
  if (rules.length === 0) return `${about} is not offered, and possible; said was ${expected.join()}`;
  const missed = rules[0]?.endsWith('.invalid-input') ? [] : expected.filter((rule) => !rules.includes(rule));
  return missed.length === 0 ? null : `${about} was refused by ${rules.join()}, and not by ${missed.join()}`;
}

for (const { name, allProjects } of [
  { name: 'admin', allProjects: true },
  { name: 'demo', allProjects: false },
  { name: 'demo-reader', allProjects: false },
]) {
  test(`for ${name}, what is offered is possible, and what is not is not`, async ({
    page,
    context,
    baseURL,
    cloud,
  }) => {
    test.setTimeout(300_000);
    // The demo cloud has no QoS specs; nobody else knows of these.
    const used = await cloud.qosSpecs(`used ${randomUUID()}`);
    await makeVolumeType(cloud.database, { name: `own ${randomUUID()}`, public: false, qosSpecsId: used });
    await cloud.qosSpecs(`unused ${randomUUID()}`);
    await page.goto('/login?next=/servers');
    await logIn(page, name, 'secret');
    await expect(page).toHaveURL('/servers');
    const client = await clientOf(context, baseURL ?? '');
    const wrong: string[] = [];
    let judged = 0;
    for (const thing of await thingsOf(client, allProjects)) {
      const { actions } = await client.actions.explain.query({ kind: thing.kind, id: thing.id });
      const found = await Promise.all(actions.map((explained) => judge(client, thing, explained)));
      judged += found.length;
      wrong.push(...found.filter((each) => each !== null));
    }
    expect(wrong).toEqual([]);
    expect(judged).toBeGreaterThan(100);
  });
}

const LISTS = {
  server: { path: '/servers', from: 'servers' },
  volume: { path: '/volumes', from: 'volumes' },
  attachment: { path: '/attachments', from: 'attachments' },
  snapshot: { path: '/snapshots', from: 'snapshots' },
  volumeType: { path: '/volume-types', from: 'volume types' },
  image: { path: '/images', from: 'images' },
} as const satisfies Record<Kind, object>;

for (const kind of ['server', 'volume', 'attachment', 'snapshot', 'volumeType', 'image'] as const) {
  test(`menus of ${LISTS[kind].from} offer what the rules allow, and no more`, async ({
    page,
    context,
    baseURL,
  }) => {
    test.setTimeout(300_000);
    await page.goto(`/login?next=${LISTS[kind].path}`);
    await logIn(page, 'admin', 'secret');
    await expect(page).toHaveURL(LISTS[kind].path);
    const client = await clientOf(context, baseURL ?? '');
    const things = (await thingsOf(client, true)).filter((thing) => thing.kind === kind);
    for (const thing of things) {
      await page.goto(`${LISTS[kind].path}/${thing.id}`);
      const { actions } = await client.actions.explain.query({ kind, id: thing.id });
      await page.getByRole('button', { name: /^Actions on / }).click();
      const menu = page.getByRole('menu');
      await expect(menu.getByRole('group').or(menu.getByRole('menuitem')).first()).toBeVisible();
      await expect(menu.getByText('Asking what can be done')).toBeHidden();
      const shown = await menu.getByRole('menuitem').evaluateAll((items) =>
        items.map((item) => ({
          label: item.querySelector('.truncate')?.textContent ?? '',
          enabled: item.getAttribute('aria-disabled') !== 'true',
        })),
      );
      for (const { action, label, refusals } of actions) {
        if (!isVerb(action)) continue;
        const offered = shown.some((item) => item.label === `${label}…` && item.enabled);
        expect.soft(offered, `${action} on ${thing.name} (${thing.state})`).toBe(refusals.length === 0);
      }
      await page.keyboard.press('Escape');
    }
  });
}
