/** The server process: everything behind one port. Started by `start.mjs`, which installs and builds first. */
import { createServer } from 'node:http';
import { StartError } from '~/db/start-error';
import { singleDriver } from '~/server/drivers/registry';
import { simulatedDriver } from '~/server/drivers/simulated';
import { openChangeFeed } from '~/server/services/change-feed';
import type { Runtime } from '~/server/services/runtime';
import { takeFault } from '~/server/services/simulated-faults';
import { installServerCaller } from '~/server/trpc/caller';
import { trpcHandler } from '~/server/trpc/handler';
import { queueReachable, startWorker } from '~/server/worker/run';
import { withTimeLimit } from '~/server/worker/time-limit';
import { apiRoutes } from './api-routes';
import { type Ending, prepareEnding } from './ending';
import { frontDoor } from './front-door';
import { greeting } from './greeting';
import { closable, listen } from './listening';
import { createLog } from './log';
import { openCloud } from './open-cloud';
import { openstackServices } from './openstack/handler';
import { preparePages } from './pages';
import { readPolicyFile } from './policy-file';
import { keepSecretKey } from './secret-key';
import { readSettings } from './settings';
import { within } from './within';

/** How long requests under way may take once the end is asked for, in ms. */
const drain = 10_000;

/** How long a start that is broken off may go on, in ms. */
const goingOn = 5_000;

async function start(ending: Ending): Promise<void> {
  const settings = readSettings(process.env);
  const policy = await readPolicyFile(settings.policyFile);
  const log = createLog(settings.logLevel);
  const server = createServer();
  // A port that is taken is better known before anything is touched. The real answer comes from listening, below.
  const probe = createServer();
  await listen(probe, settings.port, settings.host ?? '127.0.0.1');
  await new Promise((resolve) => probe.close(resolve));

  const preparing = preparePages(server, { dev: settings.dev, port: settings.port });
  // Awaited below; until then a failure must not count as unhandled.
  preparing.catch(() => undefined);
  const secretKey = settings.secretKey ?? (await keepSecretKey(settings.dataDir));
  const { database, demo } = await openCloud(settings, secretKey, ending);
  const runtime: Runtime = {
    database,
    log,
    secretKey,
    publicUrl: settings.publicUrl,
    choices: settings.choices,
    policy,
  };
  const feed = await openChangeFeed(runtime);
  ending.add('change feed', () => feed.close());
  const shared = { runtime, feed, stopping: ending.signal };
  installServerCaller(shared);
  ending.signal.throwIfAborted();

  const driver = simulatedDriver({
    latencyMs: settings.simulatedLatency ?? { min: 200, max: 600 },
    takeFault: (call, about) => takeFault(runtime, call, about),
  });
  const worker = await startWorker(runtime, withTimeLimit(singleDriver(driver)));
  ending.add('worker', () => worker.stop());
  const pages = await preparing;
  ending.add('pages', () => pages.close());
  ending.signal.throwIfAborted();

  const api = apiRoutes({
    log,
    trpc: trpcHandler(shared),
    services: openstackServices(runtime),
    checks: { database: async () => database.sql`select 1`, queue: () => queueReachable(runtime) },
    stopping: () => ending.signal.aborted,
  });
  const secure = settings.publicUrl?.startsWith('https:') ?? false;
  const { close } = closable(server);
  server.on('request', frontDoor({ log, api, pages: pages.handle, dev: settings.dev, secure }));
  // Everybody knows the passwords of the demo cloud: nobody outside gets there unless HOST says so.
  const host = settings.host ?? (demo ? '127.0.0.1' : '0.0.0.0');
  const port = await listen(server, settings.port, host);
  ending.add('front door', () => close(drain));
  process.stdout.write(greeting({ settings, host, port, demo }));
}

/** One line for a reason not to start; for a defect of ours all that helps to find it. */
function tell(error: unknown): void {
  const text = error instanceof Error && !(error instanceof StartError) ? error.stack : undefined;
  process.stderr.write(`${text ?? (error instanceof Error ? error.message : error)}\n`);
}

async function main(): Promise<never> {
  const ending = prepareEnding();
  const fail = (error: unknown): void => {
    if (ending.signal.aborted && error === ending.signal.reason) return;
    tell(error);
    ending.ask(1);
  };
  process.on('uncaughtException', fail);
  // Not a reason to end: pages ask for data ahead, and may drop a promise that then fails.
  process.on('unhandledRejection', tell);
  const asked = new Promise<void>((resolve) => {
    ending.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const starting = start(ending).catch(fail);
  await asked;
  // A step that is under way may need its end too; one that waits for the network may not come back.
  await within(goingOn, starting).catch(() => undefined);
  const code = await ending.run((name, error) => {
    process.stderr.write(`${name} did not end well: ${error instanceof Error ? error.message : error}\n`);
  });
  process.exit(code);
}

await main();
