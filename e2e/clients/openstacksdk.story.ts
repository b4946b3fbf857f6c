import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sdkPython } from './commands.mjs';
import { told } from './shell';

const program = join(fileURLToPath(new URL('.', import.meta.url)), 'openstacksdk.py');

describe('openstacksdk', () => {
  test('attaches and detaches, and acts on a volume, and says why not', async () => {
    expect(await told([sdkPython(), program])).toEqual({
      made: { server: 'ACTIVE', volume: 'available' },
      device: '/dev/vdc',
      'deleted in use': refused(400, 'Volume snake-disk is in-use'),
      disk: { volume: true, device: '/dev/vdc' },
      detached: 'available',
      gone: refused(404, 'does not have volume'),
      'given back': true,
      volume: {
        size: 3,
        bootable: true,
        metadata: { purpose: 'story', shelf: 'low', readonly: 'True' },
      },
      reserved: 'attaching',
      unreserved: 'available',
      shrunk: refused(400, 'has 3 GiB already'),
      'reset by a member': refused(403, 'reset_status'),
      snapshot: { status: 'available', size: 3 },
      'deleted with a snapshot': refused(400, 'has a snapshot'),
      paged: { complete: true, 'once each': true },
    });
  });
});

function refused(status: number, sentence: string): unknown {
  return { status, message: expect.stringContaining(sentence) };
}
