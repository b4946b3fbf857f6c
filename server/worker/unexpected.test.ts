/**
 * What the worker did not expect: errors that are nobody's words, keys that are gone, people who were faster, and disks that
 * another cloud has connected. Every operation ends.
 */
import { describe, expect, it } from 'vitest';
import { seal } from '~/db/seal';
import { singleDriver } from '~/server/drivers/registry';
import { openConnectionInfo } from '~/server/services/connection-schema';
import { openAttachments } from '~/server/testing/attachment-scene';
import {
  attach,
  attached,
  detach,
  expectLeft,
  heldBy,
  makeScene,
  operationOf,
  rowsOf,
  runToEnd,
  type Scene,
} from '~/server/testing/scene';

const here = openAttachments();

describe('what the worker did not expect', () => {
  it('an error that is nobody’s words is not shown, but ends the operation', async () => {
    const scene = await makeScene(here.stage);
    const before = await rowsOf(scene);
    const { operationId } = await attach(scene);
    const broken = {
      ...scene.model.driver,
      attachDevice: () => Promise.reject(new TypeError('x is undefined')),
    };
    await runToEnd(scene, operationId, singleDriver(broken));
    expect(await operationOf(scene, operationId)).toMatchObject({
      outcome: 'failed',
      reason: `An internal error happened; the log has it under ${here.stage.member.requestId}.`,
    });
    expect(await rowsOf(scene)).toEqual(before);
  });

  it('secrets sealed with a key that is gone: the disk stays where it is, and the operation ends', async () => {
    const scene = await attached(await makeScene(here.stage));
    const sealed = await seal(new Uint8Array(32), { host: 'cmp-1' });
    await here.stage.cloud.runtime.database.sql`
      update attachments set connector = ${sealed}, connection_info = ${sealed}
      where id = ${scene.attachmentId}`;
    const { operationId } = await detach(scene);
    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'failed', phase: null });
    await expectLeft(scene, scene.attachmentId, 'error_detaching', 'error');
  });

  it('a server that has lost its host meanwhile gets nothing', async () => {
    const scene = await makeScene(here.stage);
    const { operationId } = await attach(scene);
    const { sql } = here.stage.cloud.runtime.database;
    await sql`update servers set host = null where id = ${scene.serverId}`;
    await runToEnd(scene, operationId);
    expect((await operationOf(scene, operationId)).reason).toMatch(
      /^Server web-\d+ is on no host any more\.$/,
    );
    expect(await rowsOf(scene)).toMatchObject({
      volume: { status: 'available', attach_status: 'detached' },
      attachments: [],
    });
  });

  it('an attachment that somebody has ended meanwhile stays ended', async () => {
    const scene = await makeScene(here.stage);
    const { operationId, attachmentId } = await attach(scene);
    await end(scene, attachmentId);
    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({
      outcome: 'failed',
      reason: `Attachment ${attachmentId} was changed meanwhile: it is gone.`,
    });
    expect(await rowsOf(scene)).toMatchObject({
      volume: { status: 'available', attach_status: 'detached' },
      attachments: [],
    });
    expect(scene.model.exported).toEqual(new Set());
  });

  it('one that was ended while the host was busy gives its disk back', async () => {
    const scene = await makeScene(here.stage);
    const { operationId, attachmentId } = await attach(scene);
    scene.model.plan({ call: 'attachDevice', moment: 'after', kind: 'hang' });
    const running = runToEnd(scene, operationId);
    await scene.model.hanging();
    await end(scene, attachmentId);
    scene.model.wake();
    await running;
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'failed' });
    expect(scene.model.guestDisks).toEqual(new Set());
    expect((await rowsOf(scene)).volume).toMatchObject({ status: 'available' });
  });

  it('a detach finds its attachment gone: so much the better', async () => {
    const scene = await attached(await makeScene(here.stage));
    const { operationId } = await detach(scene);
    await end(scene, scene.attachmentId);
    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'available' }, attachments: [] });
  });
});

describe('a disk that another cloud has connected', () => {
  /** As that cloud's API has shown it. */
  const shown = { driver_volume_type: 'iscsi', target_lun: 1, auth_password: 'open sesame', qos_specs: null };

  it('comes back with what that cloud has said, when its detach fails', async () => {
    const scene = await makeScene(here.stage);
    await heldBy(scene, scene.serverId);
    const { sql } = here.stage.cloud.runtime.database;
    const sealed = await seal(here.stage.cloud.runtime.secretKey, shown);
    await sql`update attachments set connection_info = ${sealed} where volume_id = ${scene.volumeId}`;
    const before = await rowsOf(scene);
    const { operationId } = await detach(scene);
    scene.model.plan({ call: 'detachDevice', moment: 'after', kind: 'fails' });
    await runToEnd(scene, operationId);
    expect(await rowsOf(scene)).toEqual(before);
    expect(scene.model.guestDisks.size).toBe(1);
    expect(await openConnectionInfo(here.stage.cloud.runtime.secretKey, sealed)).toEqual({
      driverVolumeType: 'iscsi',
      data: { target_lun: 1, auth_password: 'open sesame', qos_specs: null },
    });
  });

  it('is detached without its connector, which nobody has told us', async () => {
    const scene = await makeScene(here.stage);
    await heldBy(scene, scene.serverId);
    const { operationId } = await detach(scene);
    await runToEnd(scene, operationId);
    expect(await operationOf(scene, operationId)).toMatchObject({ outcome: 'succeeded' });
    expect(scene.model.calls).toEqual(['detachDevice']);
    expect(await rowsOf(scene)).toMatchObject({ volume: { status: 'available' }, attachments: [] });
  });
});

/** What a person with psql does who wants a volume back at any price. */
async function end({ volumeId }: Scene, attachmentId: string): Promise<void> {
  await here.stage.cloud.runtime.database.sql.begin(async (sql) => {
    await sql`update attachments set deleted_at = now(), attach_status = 'detached' where id = ${attachmentId}`;
    await sql`update volumes set status = 'available', attach_status = 'detached' where id = ${volumeId}`;
  });
}
