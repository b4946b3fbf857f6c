/**
 * A worker process that stops in the middle of a call and waits for its end. Started and killed by the tests of the queue.
 */
import { pino } from 'pino';
import { openDatabase } from '~/db/client';
import { DISK_CALLS } from '~/server/domain/connection';
import { USUAL_SETTINGS } from '~/server/domain/engine/verb';
import { startWorker } from '~/server/worker/run';
import { modelCloud } from './model-cloud';

const [url = '', secretKey = '', wanted = ''] = process.argv.slice(2);
const call = DISK_CALLS.find((each) => each === wanted);
if (call === undefined) throw new Error(`${wanted} is no call of a driver`);

const model = modelCloud();
model.plan({ call, moment: 'after', kind: 'hang' });
await startWorker(
  {
    database: openDatabase(url),
    log: pino({ level: 'silent' }),
    secretKey: new Uint8Array(Buffer.from(secretKey, 'hex')),
    choices: USUAL_SETTINGS,
    policy: {},
    publicUrl: null,
  },
  model,
);
await model.hanging();
process.stdout.write('hanging\n');
