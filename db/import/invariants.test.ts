/**
 * Each invariant, broken on its own in a cloud that is sound otherwise: the import finds exactly that, and keeps the row.
 */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '~/db/client';
import { createTestDatabase } from '~/db/testing';
import { type ImportReport, loadInventory } from './import-inventory';
import { takeInventory } from './inventory';
import type { JsonFile } from './read-folder';
import { RULES, type RuleId } from './rules';
import { ATTACHMENT_STORIES } from './stories/attachment-stories';
import { CLOUD_STORIES } from './stories/cloud-stories';
import { STORAGE_STORIES } from './stories/storage-stories';
import { TEST_KEY } from './test-cloud';
import { filesOf, type Raw, soundCloud } from './test-documents';

const STORIES = [...ATTACHMENT_STORIES, ...STORAGE_STORIES, ...CLOUD_STORIES];

/** These need a database that holds something already; their stories are in import.test.ts and import-again.test.ts. */
const NEED_A_PAST: RuleId[] = ['flavor.id-taken', 'attachment.no-longer-listed'];

/** Thrown to leave a transaction without a trace: one database serves all stories. */
class Undo extends Error {}

interface Outcome {
  report: ImportReport;
  /** @param query what follows `select … from` */
  rowsOf(query: string): Promise<Raw[]>;
}

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await createTestDatabase();
  database = openDatabase(made.url, { max: 1 });
  drop = made.drop;
});

afterAll(async () => {
  await database.close();
  await drop();
});

/** Imports the files, lets the story look at what came of it, and takes it back. */
async function imported(files: JsonFile[], look: (outcome: Outcome) => Promise<void>): Promise<void> {
  const inventory = takeInventory(files);
  const looking = database.orm.transaction(async (orm) => {
    const { report } = await loadInventory(orm, TEST_KEY, inventory);
    await look({
      report,
      rowsOf: async (query) => [...(await orm.execute(sql.raw(`select * from ${query}`)))],
    });
    throw new Undo();
  });
  await expect(looking).rejects.toThrow(Undo);
}

describe('a sound cloud', () => {
  it('breaks no rule, its shelved server with a reserved volume included', async () => {
    await imported(filesOf(soundCloud()), async ({ report }) => {
      expect(report.findings).toEqual([]);
      expect(report.attachments).toEqual({ both: 3, storageOnly: 0, computeOnly: 0 });
    });
  });
});

describe('every invariant', () => {
  it('has its story', () => {
    const told = [...STORIES.map((story) => story.rule), ...NEED_A_PAST].sort();
    expect(told).toEqual(Object.keys(RULES).sort());
  });

  it.each(STORIES)('$rule', async ({ rule, also = [], object, spoil, kept }) => {
    const cloud = soundCloud();
    spoil(cloud);
    const files = filesOf(cloud);
    if (rule === 'document.incomplete') {
      files.push({ file: 'more.json', content: { images: [], next: '/v2/images?marker=1' } });
    }
    await imported(files, async ({ report: { findings }, rowsOf }) => {
      expect(findings.map((each) => each.rule).sort()).toEqual([rule, ...also].sort());
      const finding = findings.find((each) => each.rule === rule);
      expect(finding?.objectId).toEqual(object);
      expect(await rowsOf(`import_findings where rule = '${rule}'`)).toMatchObject([
        { object_id: finding?.objectId, message: finding?.message, kept: finding?.kept },
      ]);
      if (kept !== undefined) expect((await rowsOf(kept.query))[0]).toMatchObject(kept.row);
    });
  });
});
