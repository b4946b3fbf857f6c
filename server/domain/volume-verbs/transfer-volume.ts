/**
 * A volume is offered to another project: to whoever knows the key. Until somebody takes it, it awaits its transfer.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { snapshotsOf } from '../engine/world';
import { advice } from './volume-remedy';
import {
  notAttachedRule,
  notInGroupRule,
  notInHandsRule,
  notMigratingRule,
  statusRule,
  volumeOf,
} from './volume-rules';
import { commandOf, option } from './volume-words';

const SOURCE = 'cinder transfer/api.py, create';
const ABOUT = { doing: 'offering it to another project', source: SOURCE } as const;

/** Whoever wants the volume must know as much as this. */
export const AUTH_KEY_FIELD = {
  kind: 'text',
  label: 'Key',
  hint: 'Whoever takes the volume must know it.',
  min: 1,
  max: 255,
} as const;

interface Offer {
  noSnapshots?: boolean | undefined;
}

/**
 * Upstream leaves snapshots with the old project, which can then do nothing with them, and nobody can delete the volume.
 */
const snapshotsStayRule: Rule<Offer> = {
  id: 'leaves-snapshots',
  code: 'invalid',
  source: `${SOURCE}: no_snapshots`,
  test: (ask) => {
    const volume = volumeOf(ask);
    const [first] = snapshotsOf(ask.world, volume.id);
    if (ask.input.noSnapshots !== true || first === undefined) return null;
    return {
      message: `Volume ${volume.name} has snapshot ${first.name}, which cannot be left behind.`,
      remedy: advice('Let its snapshots go along, or delete them first.'),
    };
  },
};

const snapshotStatusRule: Rule<Offer> = {
  id: 'snapshot-status',
  code: 'invalid',
  source: `${SOURCE}: snapshots must be available`,
  test: (ask) => {
    const busy = snapshotsOf(ask.world, ask.id).find(({ status }) => status !== 'available');
    if (busy === undefined) return null;
    return {
      message: `Snapshot ${busy.name} is ${busy.status}; it goes along with its volume, which needs available.`,
      remedy: advice('Wait until it is available, or delete it.'),
    };
  },
};

export const createTransfer = defineVerb({
  name: 'volume.create-transfer',
  noun: 'volume',
  fields: {
    name: { kind: 'text', label: 'Name of the offer', max: 255, optional: true },
    authKey: AUTH_KEY_FIELD,
    noSnapshots: { kind: 'flag', label: 'Only if it has no snapshots', optional: true },
  },
  life: { from: ['available'], during: null, done: 'awaiting-transfer', failed: '=' },
  rules: [
    statusRule(['available'], ABOUT),
    notAttachedRule(ABOUT),
    notMigratingRule(ABOUT),
    notInGroupRule(ABOUT),
    snapshotsStayRule,
    snapshotStatusRule,
    notInHandsRule(ABOUT),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { name, authKey, noSnapshots } = ask.input;
    const id = ask.fresh();
    const transfer = { id, name: name ?? null, keyHash: authKey, noSnapshots: noSnapshots ?? false };
    return {
      changes: [update('volume', volume.id, { status: 'awaiting-transfer', transfer })],
      subject: { volumeId: volume.id },
      job: null,
      answer: { transferId: id },
      message: `${volume.name} is offered as transfer ${id}`,
    };
  },
  steps: (ask) => [
    `Volume ${volumeOf(ask).name} awaits its transfer: nothing else can be done with it meanwhile.`,
    'Whoever knows the id of the transfer and the key can take it into another project, with its snapshots.',
  ],
  warnings: () => ['Who has taken it decides alone what becomes of it.'],
  spoken: (ask) => {
    const { name, noSnapshots } = ask.input;
    return {
      command: commandOf('openstack volume transfer request create', option('--name', name), ask.id),
      request: {
        method: 'POST',
        path: `/v3/${ask.actor.projectId}/volume-transfers`,
        body: {
          transfer: {
            volume_id: ask.id,
            ...(name === undefined ? {} : { name }),
            ...(noSnapshots === undefined ? {} : { no_snapshots: noSnapshots }),
          },
        },
      },
    };
  },
});

export const deleteTransfer = defineVerb({
  name: 'volume.delete-transfer',
  noun: 'volume',
  fields: {},
  life: { from: ['awaiting-transfer'], during: null, done: 'available', failed: '=' },
  rules: [
    {
      id: 'not-offered',
      code: 'not_found',
      source: 'cinder transfer/api.py, delete',
      test: (ask: Ask<object>) => {
        const volume = volumeOf(ask);
        return volume.transfer == null
          ? { message: `Volume ${volume.name} is not offered to anybody.`, remedy: advice('Offer it first.') }
          : null;
      },
    },
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    // An administrator may have given it another status since.
    const back = volume.status === 'awaiting-transfer' ? ({ status: 'available' } as const) : {};
    return {
      changes: [update('volume', volume.id, { ...back, transfer: null })],
      subject: { volumeId: volume.id },
      job: null,
      message: `${volume.name} is not offered any more`,
    };
  },
  steps: (ask) => [`Nobody can take volume ${volumeOf(ask).name} any more; it is available again.`],
  spoken: (ask) => {
    const id = volumeOf(ask).transfer?.id ?? '';
    return {
      command: commandOf('openstack volume transfer request delete', id),
      request: {
        method: 'DELETE',
        path: `/v3/${ask.actor.projectId}/volume-transfers/${id}`,
        body: null,
      },
    };
  },
});
