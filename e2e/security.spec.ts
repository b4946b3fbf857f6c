import { request as newRequest } from '@playwright/test';
import { SESSION_COOKIE } from '~/server/trpc/call-context';
import { ask, tell } from './stories/api';
import { PASSWORD } from './stories/cloud';
import { logIn, row } from './stories/console';
import { expect, test } from './stories/story';

/** Failures of one name after which it has to wait. */
const PATIENCE = 10;

test('a call that another site could have made changes nothing', async ({ baseURL, cloud, enter, page }) => {
  const [web, data] = [await cloud.server('web-1'), await cloud.volume('data-1')];
  await enter('member');
  const pair = { serverId: web.id, volumeId: data.id };
  const foreign = 'https://elsewhere.example';
  const forgeries: Record<string, string>[] = [
    {},
    { origin: baseURL ?? '' },
    { 'x-mooring-request': 'console', origin: foreign },
    { 'x-mooring-request': 'console', origin: 'null' },
  ];
  for (const headers of forgeries) {
    const answer = await tell(page.request, 'attachments.attach', pair, headers);
    expect(answer.status, JSON.stringify(headers)).toBe(403);
  }
  const form = await page.request.post('/api/trpc/attachments.attach', { form: { serverId: web.id } });
  expect(form.status()).toBe(403);
  await page.goto('/volumes');
  await expect(row(page, 'data-1')).toContainText('available');
});

test('the cookie is out of reach of scripts and of other sites, and dies with the session', async ({
  baseURL,
  cloud,
  context,
  page,
}) => {
  const { name } = await cloud.person('member', { password: true });
  await page.goto('/login');
  await logIn(page, name, PASSWORD);
  await expect(page).toHaveURL('/servers');
  const cookie = (await context.cookies()).find((each) => each.name === SESSION_COOKIE);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await page.evaluate(() => document.cookie)).not.toContain(SESSION_COOKIE);

  await page.getByRole('button', { name: `Account: ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page).toHaveURL('/login');
  const thief = await newRequest.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${cookie?.value ?? ''}` },
  });
  expect(await ask(thief, 'servers.list', {})).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  await thief.dispose();
});

test('whoever guesses passwords has to wait, even with the right one', async ({ cloud, request }) => {
  const { name } = await cloud.person('member', { password: true });
  for (let guess = 1; guess <= PATIENCE; guess += 1) {
    const answer = await tell(request, 'session.logIn', { name, password: `guess ${guess}` });
    expect(answer).toMatchObject({ status: 401, message: 'Name or password is wrong.' });
  }
  const late = await tell(request, 'session.logIn', { name, password: PASSWORD });
  expect(late).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
  expect(late.message).toMatch(/try again in \d+ s/);
  // Somebody else, from the same address, need not.
  const other = await cloud.person('member', { password: true });
  expect(await tell(request, 'session.logIn', { name: other.name, password: PASSWORD })).toMatchObject({
    status: 200,
  });
});

test('nothing is told to whoever has not logged in', async ({ cloud, request }) => {
  const { id } = await cloud.volume('data-1');
  expect(await ask(request, 'volumes.get', { id })).toMatchObject({ status: 401 });
  expect(await ask(request, 'volumes.list', {})).toMatchObject({ status: 401 });
  const stream = await request.get('/api/trpc/changes.stream');
  expect(await stream.text()).toContain('UNAUTHORIZED');
  expect(await ask(request, 'session.current', undefined)).toMatchObject({ status: 200, data: null });
  const page = await request.get(`/volumes/${id}`, { maxRedirects: 0 });
  expect(page.status()).toBe(307);
  expect(await page.text()).not.toContain('data-1');
});

test('pages let no foreign script run and nobody frame them', async ({ enter, page }) => {
  await enter('member');
  const response = await page.goto('/volumes');
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+';/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-powered-by']).toBeUndefined();
});

test('a name with markup in it stays text', async ({ cloud, enter, page }) => {
  const name = '<img src=x onerror=alert(1)>';
  const web = await cloud.server(name, { metadata: { note: '</script><script>alert(2)</script>' } });
  await enter('member');
  page.on('dialog', () => {
    throw new Error('a script from the data ran');
  });
  await page.goto(`/servers/${web.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByRole('region', { name: 'Metadata' })).toContainText('</script>');
  await expect(page).toHaveTitle(new RegExp(name.replace(/[()]/g, '\\$&')));
});
