/**
 * What an action would do, said beforehand.
 */
import { describe, expect, it } from 'vitest';
import type { AttachFacts } from './attach-volume';
import { explainAttach, explainDetach } from './explanation';
import {
  admin,
  attachFacts,
  attachment,
  detachFacts,
  offloadedServer,
  otherAttachment,
  server,
  volume,
} from './sound-facts';

const wishes = { device: '/dev/vdq', mode: 'rw', tag: 'database', deleteOnTermination: true } as const;

describe('attach, explained', () => {
  it('says every step, the command and the request', () => {
    expect(explainAttach(attachFacts())).toEqual({
      action: 'volume.attach',
      refusals: [],
      steps: [
        'Volume data-1 is reserved for server web-1: nobody else can take it.',
        'Host cmp-1 connects to it and gives it to the guest as /dev/vdb, read and write.',
        'The volume becomes in-use. If any step fails, everything becomes what it was.',
      ],
      warnings: [],
      command: 'openstack --os-compute-api-version 2.89 server add volume server-1 volume-1',
      request: {
        method: 'POST',
        path: '/v2.1/servers/server-1/os-volume_attachments',
        body: { volumeAttachment: { volumeId: 'volume-1' } },
      },
    });
  });

  it('carries every wish', () => {
    const { command, request, warnings } = explainAttach(attachFacts({ request: wishes }));
    expect(command).toBe(
      'openstack --os-compute-api-version 2.89 server add volume --device /dev/vdq --tag database --enable-delete-on-termination server-1 volume-1',
    );
    expect(request.body).toEqual({
      volumeAttachment: {
        volumeId: 'volume-1',
        device: '/dev/vdq',
        tag: 'database',
        delete_on_termination: true,
      },
    });
    expect(warnings).toEqual(['Deleting server web-1 will delete the volume with its data.']);
  });

  it('has no steps when it is refused, but still names the command', () => {
    const explained = explainAttach(attachFacts({ volume: volume({ status: 'error' }) }));
    expect(explained.refusals.map(({ rule }) => rule)).toEqual(['volume.attach.volume-status']);
    expect(explained.steps).toEqual([]);
    expect(explained.command).toContain('server add volume server-1 volume-1');
  });

  it('on an offloaded server, it is done at once', () => {
    expect(explainAttach(attachFacts({ server: offloadedServer(), host: null })).steps).toEqual([
      'Volume data-1 becomes in-use at once; server web-1 is on no host.',
      'It gets its device when the server is unshelved.',
    ]);
  });

  const shared = volume({ multiattach: true, status: 'in-use', attachStatus: 'attached' });
  const readOnly = { ...wishes, mode: 'ro', deleteOnTermination: false } as const;

  it.each<[string, Partial<AttachFacts>, RegExp[]]>([
    ['a second writer', { volume: shared, volumeAttachments: [otherAttachment()] }, [/^web-2 can write/]],
    [
      'a reader beside a writer',
      { volume: shared, volumeAttachments: [otherAttachment()], request: readOnly },
      [],
    ],
    [
      'a writer beside a reader',
      { volume: shared, volumeAttachments: [otherAttachment({ mode: 'ro' })] },
      [],
    ],
    ['a read-only volume', { volume: volume({ readonly: true }) }, []],
    [
      'a read-only volume, to be written to',
      { volume: volume({ readonly: true }), request: { ...wishes, deleteOnTermination: false } },
      [/read-only; it will be attached read-only/],
    ],
    [
      'another project’s volume',
      { actor: admin, volume: volume({ projectId: 'project-2' }) },
      [/^Server and volume belong to different projects\.$/],
    ],
  ])('warns of %s', (_, changes, warnings) => {
    const said = explainAttach(attachFacts(changes)).warnings;
    expect(said).toHaveLength(warnings.length);
    for (const [index, warning] of warnings.entries()) expect(said[index]).toMatch(warning);
  });
});

describe('detach, explained', () => {
  it('says every step, the command and the request', () => {
    expect(explainDetach(detachFacts({ server: server({ vmState: 'stopped' }) }))).toEqual({
      action: 'volume.detach',
      refusals: [],
      steps: [
        'Volume data-1 becomes detaching.',
        'The guest of server web-1 lets /dev/vdb go, then host cmp-1 disconnects.',
        'The attachment goes, and the volume becomes available. If the guest does not let go, everything becomes what it was.',
      ],
      warnings: [],
      command: 'openstack server remove volume server-1 volume-1',
      request: {
        method: 'DELETE',
        path: '/v2.1/servers/server-1/os-volume_attachments/volume-1',
        body: null,
      },
    });
  });

  it('the volume stays in-use where another server has it', () => {
    const { steps } = explainDetach(detachFacts({ volumeAttachments: [attachment(), otherAttachment()] }));
    expect(steps[2]).toContain('the volume becomes in-use.');
  });

  it('on an offloaded server it says what the detach then does', () => {
    const offloaded = { server: offloadedServer(), host: null };
    expect(explainDetach(detachFacts(offloaded)).steps[1]).toBe('Volume data-1 becomes available.');
    const uploading = volume({ status: 'uploading', attachStatus: 'attached' });
    expect(explainDetach(detachFacts({ ...offloaded, volume: uploading })).steps[1]).toBe(
      'Volume data-1 stays uploading.',
    );
  });

  it('warns of what may be regretted', () => {
    const kept = attachment({
      computeSide: { device: '/dev/vdb', bootIndex: null, deleteOnTermination: true },
    });
    expect(explainDetach(detachFacts({ attachment: kept })).warnings).toEqual([
      'Server web-1 is running: unmount the file system first, or data may be lost.',
      'Volume data-1 was to go with its server; once detached it stays.',
    ]);
  });

  it('has no steps when it is refused', () => {
    const explained = explainDetach(detachFacts({ attachment: null, volumeAttachments: [] }));
    expect(explained.refusals[0]?.rule).toBe('volume.detach.not-attached');
    expect(explained.steps).toEqual([]);
  });
});
