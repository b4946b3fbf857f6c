/** The command `npm run import -- FOLDER`: brings another cloud's documents into the database that `npm start` uses. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ImportError } from '~/db/import/import-error';
import { importInventory } from '~/db/import/import-inventory';
import { takeInventory } from '~/db/import/inventory';
import { readFolder } from '~/db/import/read-folder';
import { reportText } from '~/db/import/report';
import { RULES } from '~/db/import/rules';
import { StartError } from '~/db/start-error';
import { type Ending, prepareEnding } from './ending';
import { openCloud } from './open-cloud';
import { keepSecretKey } from './secret-key';
import { readSettings } from './settings';

const USAGE = `npm run import -- FOLDER [--json FILE]

Brings in what an OpenStack says of itself: a folder of the JSON documents that its APIs answer with (servers, volumes,
attachments, os-volume_attachments and os-instance-actions of each server, snapshots, volume types and who has access to them, flavors,
images, services, hypervisors, pools, projects, users, roles, role assignments, quota sets, transfers), one list or more
a file, in whatever subfolders. Everything comes in or nothing does; a second import of the same changes nothing.

  --json FILE   also writes the report as JSON
`;

interface Wish {
  folder: string;
  json: string | null;
}

/** @returns null when only help was asked for */
function readWish(argv: string[]): Wish | null {
  const from = process.env.MOORING_CALLED_FROM ?? process.cwd();
  const { values, positionals } = parse(argv);
  if (values.help) return null;
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new StartError(`Name one folder to import.\n\n${USAGE}`);
  return {
    folder: resolve(from, folder),
    json: values.json === undefined ? null : resolve(from, values.json),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

async function importCloud({ folder, json }: Wish, ending: Ending): Promise<void> {
  const settings = readSettings(process.env);
  const { files, ignored } = await readFolder(folder);
  const inventory = takeInventory(files);
  const secretKey = settings.secretKey ?? (await keepSecretKey(settings.dataDir));
  const { database } = await openCloud(settings, secretKey, ending, { usersNeeded: false });
  const report = await importInventory(database, secretKey, inventory, ending.signal);
  process.stdout.write(reportText(report, folder, ignored));
  if (json === null) return;
  const findings = report.findings.map((each) => ({ severity: RULES[each.rule].severity, ...each }));
  await writeFile(json, `${JSON.stringify({ folder, ignored, ...report, findings }, null, 2)}\n`);
}

/** A reason for the person who ran it, or all that helps to find a defect of ours. */
function tell(error: unknown): void {
  const expected = error instanceof ImportError || error instanceof StartError;
  const text = error instanceof Error ? (expected ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n${expected ? '' : 'Nothing was imported.\n'}`);
}

async function main(): Promise<never> {
  const ending = prepareEnding();
  let interrupted = false;
  try {
    const wish = readWish(process.argv.slice(2));
    if (wish === null) process.stdout.write(USAGE);
    else await importCloud(wish, ending);
  } catch (error) {
    interrupted = ending.signal.aborted;
    tell(interrupted ? new StartError('Interrupted. Nothing was imported.') : error);
    ending.ask(1);
  }
  const code = await ending.run((name, error) => {
    process.stderr.write(`${name} did not end well: ${error instanceof Error ? error.message : error}\n`);
  });
  process.exit(interrupted ? 130 : code);
}

await main();
