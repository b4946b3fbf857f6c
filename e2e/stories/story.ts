/** The `test` of every story: a cloud of its own, people who enter it, and eyes on what a browser must not do. */
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type Database, openDatabase } from '~/db/client';
import type { Role } from '~/server/domain/roles';
import { SESSION_COOKIE } from '~/server/trpc/call-context';
import { type Cloud, makeCloud, type Person } from './cloud';

export { expect };

interface StoryFixtures {
  cloud: Cloud;
  /** Logs somebody with this role in, or this very person; in the story's own browser and cloud unless others are given. */
  enter: (who: Role | Person, context?: BrowserContext, at?: Cloud) => Promise<Person>;
  /** Opens another browser, in which nobody has logged in; it may reach the server by another address. */
  anotherBrowser: (origin?: string) => Promise<{ context: BrowserContext; page: Page }>;
  /** What the console may complain about, because the story is about that going wrong. */
  expectedErrors: RegExp | null;
}

interface WorkerFixtures {
  database: Database;
}

export const test = base.extend<StoryFixtures & { complaints: string[] }, WorkerFixtures>({
  database: [
    async ({ browserName: _ }, use) => {
      const database = openDatabase(setting('MOORING_E2E_DATABASE_URL'), { max: 2, name: 'story' });
      await use(database);
      await database.close();
    },
    { scope: 'worker' },
  ],

  cloud: async ({ database }, use) => use(await makeCloud(database)),

  expectedErrors: [null, { option: true }],

  complaints: [
    async ({ expectedErrors }, use) => {
      const complaints: string[] = [];
      await use(complaints);
      const unexpected = complaints.filter((each) => !expectedErrors?.test(each));
      expect(unexpected, 'errors in the browser, and requests to others').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, complaints, baseURL }, use) => {
    listen(context, complaints, baseURL ?? '');
    await use(context);
  },

  anotherBrowser: async ({ browser, complaints, baseURL }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (origin = baseURL ?? '') => {
      const context = await browser.newContext({ baseURL: origin });
      opened.push(context);
      listen(context, complaints, origin);
      return { context, page: await context.newPage() };
    });
    for (const context of opened) await context.close();
  },

  enter: async ({ cloud, context: own, baseURL }, use) => {
    await use(async (who, context = own, at = cloud) => {
      const person = typeof who === 'string' ? await at.person(who) : who;
      const value = await at.session(person);
      await context.addCookies([
        { name: SESSION_COOKIE, value, url: baseURL ?? '', httpOnly: true, sameSite: 'Lax' },
      ]);
      return person;
    });
  },
});

/** @throws when the story runs without the server that the global setup starts */
export function setting(name: 'MOORING_E2E_DATABASE_URL' | 'MOORING_E2E_DATA_DIR'): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: stories run with e2e/playwright.config.ts`);
  return value;
}

/** Notes errors on any page, and whatever is asked of anybody but the server under test. */
function listen(context: BrowserContext, complaints: string[], origin: string): void {
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(`thrown: ${error.error().stack ?? ''}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== origin) complaints.push(`asked: ${request.url()}`);
  });
}
