/**
 * A reboot leaves behind disks that storage knows nothing of.
 */
import { describe, expect, test } from 'vitest';
import { detachVerb } from './disk-verbs/detach';
import { decideVerb } from './engine/decide';
import { ask, attachmentRecord, soundWorld } from './engine/sound-world';
import type { Work } from './engine/verb';
import type { AttachmentRecord, OperationRecord } from './engine/world';
import { SERVER_POWER_VERBS } from './server-power-verbs';

/** Of volume data-1, which is available. */
function unknown(changes: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return attachmentRecord({ attachStatus: null, connector: null, connectionInfo: null, ...changes });
}

function left(action: 'server.reboot-soft' | 'server.reboot-hard' | 'server.stop', disk: AttachmentRecord) {
  const world = soundWorld({ attachment: [disk] });
  const operation: OperationRecord = {
    id: 'operation-1',
    action,
    phase: 'act',
    outcome: 'running',
    projectId: 'project-1',
    owns: 'server-1',
    subject: { serverId: 'server-1' },
    input: {},
    carry: {},
    reserves: {},
    reason: null,
    cause: null,
  };
  const work: Work = { world, operation, settings: ask(world, 'server-1').settings, fresh: () => 'fresh' };
  const step = SERVER_POWER_VERBS[action].phases?.act?.done(work, []);
  return step?.changes.filter(({ table }) => table === 'attachment');
}

const GONE = [{ table: 'attachment', op: 'delete', id: 'attachment-1' }];

describe('a disk that storage knows nothing of', () => {
  test.each(['server.reboot-soft', 'server.reboot-hard'] as const)('goes with %s', (action) => {
    expect(left(action, unknown())).toEqual(GONE);
    const steps = SERVER_POWER_VERBS[action].steps(ask(soundWorld({ attachment: [unknown()] }), 'server-1'));
    expect(steps.at(-1)).toBe(
      'Storage knows of no attachment of volume data-1: the server does not have that disk any more afterwards.',
    );
  });

  test('stays with any other action, and when it is the root', () => {
    expect(left('server.stop', unknown())).toEqual([]);
    expect(left('server.reboot-hard', unknown({ bootIndex: 0 }))).toEqual([]);
  });

  test('cannot be detached, which tells to reboot', () => {
    const decision = decideVerb(
      detachVerb,
      ask(soundWorld({ attachment: [unknown()] }), 'server-1', { volumeId: 'volume-1' }),
    );
    expect(decision.allowed ? [] : decision.refusals).toEqual([
      {
        rule: 'volume.detach.volume-status',
        code: 'invalid',
        message: 'Volume data-1 is available; detaching needs in-use and attached.',
        remedy: {
          kind: 'advice',
          text: 'Storage knows of no such attachment: reboot web-1, and it leaves the disk behind.',
          command: 'openstack server reboot server-1',
        },
      },
    ]);
  });
});

test('what storage knows stays', () => {
  expect(left('server.reboot-hard', attachmentRecord())).toEqual([]);
});
