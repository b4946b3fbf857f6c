/**
 * What people call a snapshot and say about it, and what an administrator says it is. Only records change.
 */
import { update } from '../engine/change';
import { defineVerb, type Rule } from '../engine/verb';
import { SNAPSHOT_STATUSES } from '../snapshot';
import {
  EXPECTED_METADATA,
  METADATA_RULES,
  outdatedRule,
  unknownOf,
  without,
} from '../volume-verbs/metadata-rules';
import { printableRule } from '../volume-verbs/update-volume';
import { advice } from '../volume-verbs/volume-remedy';
import { commandOf, namedKeys, option, pairOptions, shellWord } from '../volume-verbs/volume-words';
import { snapshotAction, snapshotOf, snapshotPath } from './snapshot-rules';

interface Edit {
  name?: string | undefined;
  description?: string | undefined;
}

const somethingRule: Rule<Edit> = {
  id: 'nothing-to-set',
  code: 'invalid',
  source: 'cinder api/schemas/snapshots.py, update',
  test: ({ input }) =>
    input.name === undefined && input.description === undefined
      ? {
          message: 'Neither a name nor a description is given; editing needs one.',
          remedy: advice('Say what to change.'),
        }
      : null,
};

export const updateSnapshot = defineVerb({
  name: 'snapshot.update',
  noun: 'snapshot',
  fields: {
    name: { kind: 'text', label: 'Name', max: 255, optional: true },
    description: { kind: 'text', label: 'Description', max: 255, optional: true },
  },
  life: null,
  rules: [somethingRule, printableRule],
  plan: (ask) => {
    const { id, name: before, volumeId } = snapshotOf(ask);
    const { name, description } = ask.input;
    return {
      changes: [
        update('snapshot', id, {
          ...(name === undefined ? {} : { name: name.trim() }),
          ...(description === undefined ? {} : { description: description.trim() }),
        }),
      ],
      subject: { volumeId, snapshotId: id },
      job: null,
      message: `Snapshot ${before} is edited`,
    };
  },
  initial: (ask) => {
    const { name, description } = snapshotOf(ask);
    return { name, description: description ?? '' };
  },
  steps: (ask) => [
    `What is said about snapshot ${snapshotOf(ask).name} changes; nothing happens on its backend.`,
  ],
  spoken: (ask) => {
    const { name, description } = ask.input;
    return {
      command: commandOf(
        'openstack volume snapshot set',
        option('--name', name),
        option('--description', description),
        ask.id,
      ),
      request: {
        method: 'PUT',
        path: snapshotPath(ask),
        body: {
          snapshot: {
            ...(name === undefined ? {} : { name }),
            ...(description === undefined ? {} : { description }),
          },
        },
      },
    };
  },
});

export const setSnapshotMetadata = defineVerb({
  name: 'snapshot.set-metadata',
  noun: 'snapshot',
  fields: {
    metadata: { kind: 'pairs', label: 'Metadata' },
    replace: { kind: 'flag', label: 'Remove all others', optional: true },
    expected: EXPECTED_METADATA,
  },
  life: null,
  rules: [outdatedRule(snapshotOf), ...METADATA_RULES],
  plan: (ask) => {
    const { id, name, volumeId, metadata: before } = snapshotOf(ask);
    const { metadata, replace } = ask.input;
    const after = replace === true ? metadata : { ...before, ...metadata };
    return {
      changes: [update('snapshot', id, { metadata: after })],
      subject: { volumeId, snapshotId: id },
      job: null,
      answer: { metadata: after },
      message: `Metadata of snapshot ${name} is set: ${namedKeys(Object.keys(metadata))}`,
    };
  },
  initial: (ask) => ({ metadata: snapshotOf(ask).metadata }),
  steps: (ask) => [
    `Snapshot ${snapshotOf(ask).name} has these metadata${ask.input.replace === true ? ', and no others' : ' besides the others it has'}.`,
  ],
  spoken: (ask) => {
    const { metadata = {}, replace } = ask.input;
    return {
      command: commandOf(
        'openstack volume snapshot set',
        replace === true ? '--no-property' : '',
        pairOptions('--property', metadata),
        ask.id,
      ),
      request: {
        method: replace === true ? 'PUT' : 'POST',
        path: `${snapshotPath(ask)}/metadata`,
        body: { metadata },
      },
    };
  },
});

export const unsetSnapshotMetadata = defineVerb({
  name: 'snapshot.unset-metadata',
  noun: 'snapshot',
  fields: { names: { kind: 'names', label: 'Names' } },
  life: null,
  rules: [
    {
      id: 'unknown-name',
      code: 'not_found',
      source: 'cinder api/v3/snapshot_metadata.py, delete',
      needs: ['names'],
      test: (ask) => {
        const snapshot = snapshotOf(ask);
        const [unknown] = unknownOf(ask.input.names, snapshot.metadata);
        if (unknown === undefined) return null;
        return {
          message: `Snapshot ${snapshot.name} has no metadata named ${unknown}.`,
          remedy: advice('Choose a name it has.'),
        };
      },
    },
  ],
  plan: (ask) => {
    const { id, name, volumeId, metadata } = snapshotOf(ask);
    const after = without(metadata, ask.input.names);
    return {
      changes: [update('snapshot', id, { metadata: after })],
      subject: { volumeId, snapshotId: id },
      job: null,
      answer: { metadata: after },
      message: `Metadata of snapshot ${name} is removed: ${namedKeys(ask.input.names)}`,
    };
  },
  steps: (ask) => [`Snapshot ${snapshotOf(ask).name} has these metadata no more.`],
  spoken: (ask) => {
    const { names = [] } = ask.input;
    return {
      command: commandOf(
        'openstack volume snapshot unset',
        ...names.map((each) => `--property ${shellWord(each)}`),
        ask.id,
      ),
      request: {
        method: 'DELETE',
        path: `${snapshotPath(ask)}/metadata/${encodeURIComponent(names[0] ?? '')}`,
        body: null,
      },
    };
  },
});

export const resetSnapshotStatus = defineVerb({
  name: 'snapshot.reset-status',
  noun: 'snapshot',
  fields: { status: { kind: 'choice', label: 'Status', options: SNAPSHOT_STATUSES } },
  life: null,
  rules: [],
  plan: (ask) => {
    const { id, name, volumeId } = snapshotOf(ask);
    const { status } = ask.input;
    return {
      changes: [update('snapshot', id, { status })],
      subject: { volumeId, snapshotId: id },
      job: null,
      relieves: [id],
      message: `Snapshot ${name} is recorded as ${status}`,
    };
  },
  initial: () => ({ status: 'available' }),
  steps: (ask) => [
    `Snapshot ${snapshotOf(ask).name} is recorded as ${ask.input.status ?? 'what you choose'}. Nothing happens on its backend.`,
    'Whatever was under way on it does not count any more.',
  ],
  warnings: () => [
    'This changes the record only. Make sure that it then tells the truth about the snapshot.',
  ],
  spoken: (ask) => {
    const status = ask.input.status ?? 'available';
    return snapshotAction(ask, `openstack volume snapshot set --state ${status} ${ask.id}`, {
      'os-reset_status': { status },
    });
  },
});
