import { expect, it } from 'vitest';
import { operationTitle, shownOutcome } from './operation-words';

const data = { volumeName: 'data-1', serverName: null };
const web = { volumeName: null, serverName: 'web-3' };
const both = { volumeName: 'data-1', serverName: 'web-3' };
const neither = { volumeName: null, serverName: null };

it.each([
  ['volume.attach', both, 'Attach data-1 to web-3'],
  ['volume.detach', both, 'Detach data-1 from web-3'],
  ['volume.attach', data, 'Attach data-1'],
  ['server.stop', web, 'Stop web-3'],
  ['volume.delete', data, 'Delete data-1'],
  ['volume.set-metadata', data, 'Set metadata of data-1'],
  ['attachment.swap', both, 'Swap data-1 on web-3'],
  // Of a snapshot only its volume's name is kept, and the volume was not deleted.
  ['snapshot.delete', data, 'Delete a snapshot of data-1'],
  ['snapshot.create', data, 'Create a snapshot of data-1'],
  ['snapshot.set-metadata', data, 'Set metadata of a snapshot of data-1'],
  ['volume-type.delete', neither, 'Delete a volume type'],
  ['volume-type.create', neither, 'Create volume type'],
  ['volume.create-transfer', data, 'Offer data-1 to another project'],
  ['volume.reset-status', { ...data, volumeName: '$& {}' }, 'Reset the status of $& {}'],
  ['qos-specs.update', neither, 'Edit QoS specs'],
  ['quota.reset', neither, 'Reset quota'],
  ['volume.reset-status', neither, 'Reset status'],
  ['quota.update', neither, 'Change quota'],
  ['create_image', web, 'Create image · web-3'],
])('%s is told as "%s"', (action, names, title) => {
  expect(operationTitle({ action, ...names })).toBe(title);
});

it.each([
  ['failed', 'overtaken', 'overtaken'],
  ['failed', 'fault', 'failed'],
  ['running', 'overtaken', 'running'],
  ['succeeded', null, 'succeeded'],
] as const)('%s because of %s looks %s', (outcome, cause, shown) => {
  expect(shownOutcome({ outcome, cause })).toBe(shown);
});
