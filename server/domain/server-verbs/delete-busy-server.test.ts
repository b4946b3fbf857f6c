/**
 * What becomes of work under way, on a server and on its disks, when the server is deleted.
 */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play-verb';
import { operationRecord } from '../engine/sound-operation';
import { ask, attachmentRecord, serverRecord, soundWorld, volumeRecord } from '../engine/sound-world';
import type { OperationRecord } from '../engine/world';
import { cloud, IN_USE, planOf, VERB } from './delete-server-scene';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

describe('deleting what is busy', () => {
  const running = (action: OperationRecord['action'], owns: string): OperationRecord =>
    operationRecord({
      action,
      owns,
      subject: { serverId: 'server-1' },
    });

  it('relieves whoever is at work on the server and its disks', () => {
    const world = cloud({ server: [serverRecord({ taskState: 'shelving' })] });
    expect(planOf(world).relieves).toEqual(['server-1', 'attachment-1', 'attachment-3']);
  });

  it('does nothing when it is being deleted already; a force delete begins anew', () => {
    const world = cloud({
      server: [serverRecord({ taskState: 'deleting' })],
      operation: [running('server.delete', 'server-1')],
    });
    expect(planOf(world)).toMatchObject({ changes: [], job: null });
    expect(planOf(world, SERVER_LIFE_VERBS['server.force-delete'])).toMatchObject({
      relieves: ['server-1', 'attachment-1', 'attachment-3'],
      job: { phase: 'act', owns: 'server-1' },
    });
  });

  it('begins anew when it says that it is deleting and nobody is at it', () => {
    const world = cloud({ server: [serverRecord({ taskState: 'deleting' })] });
    expect(planOf(world).job).not.toBeNull();
  });

  it('ends a detach: what was being let go is in use, as long as it is there', () => {
    const detach = { ...running('volume.detach', 'attachment-1'), subject: { volumeId: 'volume-1' } };
    const world = cloud({
      volume: [volumeRecord({ ...IN_USE, status: 'detaching' }), volumeRecord({ id: 'volume-3', ...IN_USE })],
      operation: [detach],
    });
    const failed = play(VERB, ask(world, 'server-1'), { fails: ({ call }) => call === 'destroy' });
    expect(failed.world.volume.get('volume-1')).toMatchObject(IN_USE);
  });

  it('ends a swap, and lets go of both volumes', () => {
    const to = attachmentRecord({
      id: 'attachment-9',
      volumeId: 'volume-9',
      attachStatus: 'attaching',
      bdmId: null,
      serverId: null,
      device: null,
    });
    const swap = {
      ...running('attachment.swap', 'attachment-1'),
      subject: { serverId: 'server-1', volumeId: 'volume-1' },
      carry: { to: 'attachment-9' },
    };
    const world = soundWorld({
      volume: [
        volumeRecord({ ...IN_USE, status: 'detaching' }),
        volumeRecord({ id: 'volume-9', status: 'attaching', attachStatus: 'attaching' }),
      ],
      attachment: [attachmentRecord(), to],
      operation: [swap],
    });
    expect(planOf(world).relieves).toEqual(['server-1', 'attachment-1', 'attachment-9']);
    const relieved = { ...world, operation: new Map() };
    const played = play(VERB, ask(relieved, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'available' });
  });

  it('makes an end to a volume that was being made for it', () => {
    const world = soundWorld({
      server: [serverRecord({ vmState: 'building', taskState: 'block_device_mapping', launched: false })],
      volume: [volumeRecord({ status: 'creating' })],
      attachment: [attachmentRecord({ attachStatus: null, connector: null, connectionInfo: null })],
      operation: [running('server.create', 'server-1')],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.server.has('server-1')).toBe(false);
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'error', attachStatus: 'detached' });
  });

  it('leaves to its owner what a volume is busy with', () => {
    const extending: OperationRecord = {
      ...running('volume.extend', 'volume-1'),
      subject: { volumeId: 'volume-1' },
    };
    const world = cloud({
      volume: [volumeRecord({ ...IN_USE, status: 'extending' }), volumeRecord({ id: 'volume-3', ...IN_USE })],
      operation: [extending],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({
      status: 'extending',
      attachStatus: 'detached',
    });
  });

  it('lets go as well of a disk that has come in the place of another meanwhile', () => {
    const migrated = attachmentRecord({ id: 'attachment-9', volumeId: 'volume-9' });
    const world = cloud({
      volume: [volumeRecord(IN_USE), volumeRecord({ id: 'volume-9', ...IN_USE })],
      attachment: [attachmentRecord()],
    });
    const played = play(VERB, ask(world, 'server-1'), {
      meanwhile: (now) => ({ ...now, attachment: new Map([[migrated.id, migrated]]) }),
    });
    expect(played.outcome).toBe('succeeded');
    expect(played.world.server.has('server-1')).toBe(false);
    expect(played.world.attachment.size).toBe(0);
    expect(played.world.volume.get('volume-9')).toMatchObject({ status: 'available' });
  });

  it('leaves no volume reserved for nobody that was being made when it was attached', () => {
    const downloading: OperationRecord = {
      ...running('volume.create', 'volume-1'),
      subject: { volumeId: 'volume-1' },
    };
    const world = soundWorld({
      volume: [volumeRecord({ status: 'reserved', attachStatus: 'detached' })],
      attachment: [attachmentRecord({ attachStatus: 'reserved', connector: null, connectionInfo: null })],
      operation: [downloading],
    });
    const played = play(VERB, ask(world, 'server-1'));
    expect(played.world.volume.get('volume-1')).toMatchObject({ status: 'available' });
  });
});
