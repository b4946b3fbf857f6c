import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { GO_PATH } from './commands.mjs';
import { told } from './shell';

const program = join(fileURLToPath(new URL('.', import.meta.url)), 'gophercloud/main.go');

describe('gophercloud', () => {
  test('attaches by server and by hand, boots from a volume, and is told why not', async () => {
    const steps = await told(['go', 'run', program], { GOPATH: GO_PATH, GO111MODULE: 'off' });
    expect(steps).toEqual({
      attached: { volume: true, device: '/dev/vdb' },
      'attached again': expect.stringContaining('is attached to server gopher already'),
      'deleted in use': expect.stringContaining('Volume gopher-disk is in-use'),
      volume: { status: 'in-use', size: 1, type: '__DEFAULT__', device: '/dev/vdb', server: true },
      disks: 1,
      detached: true,
      'given back': true,
      reserved: { status: 'reserved', mode: 'ro' },
      connected: { status: 'attaching', protocol: 'iscsi' },
      attachments: 1,
      root: { status: 'in-use', bootable: 'true', disks: 1 },
      'root detached': expect.stringContaining('is the root disk of server gopher-boot'),
      'root gone with its server': true,
      paged: { complete: true, 'once each': true, 'in pages': true },
    });
  });
});
