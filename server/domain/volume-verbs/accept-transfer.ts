/**
 * A project takes a volume that another one offers.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { rowOf, snapshotsOf, type VolumeRecord } from '../engine/world';
import { withinType } from '../volume-life/type-of-volume';
import { AUTH_KEY_FIELD } from './transfer-volume';
import { quotaObjection } from './volume-quota';
import { advice } from './volume-remedy';
import { commandOf, option } from './volume-words';

const SOURCE = 'cinder transfer/api.py, accept';

interface Acceptance {
  transferId: string;
  authKey: string;
}

type Accepting = Ask<Partial<Acceptance>>;

function named({ world, input }: Pick<Accepting, 'world' | 'input'>): VolumeRecord | null {
  return [...world.volume.values()].find(({ transfer }) => transfer?.id === input.transferId) ?? null;
}

/** Whoever does not know the key learns nothing else of the volume. */
function offered(ask: Accepting): VolumeRecord | null {
  const volume = named(ask);
  return volume?.transfer?.keyHash === ask.input.authKey ? volume : null;
}

const rules: Rule<Acceptance>[] = [
  {
    id: 'transfer-not-found',
    code: 'not_found',
    source: SOURCE,
    needs: ['transferId'],
    test: (ask) =>
      named(ask) === null
        ? {
            message: `There is no transfer ${ask.input.transferId}.`,
            remedy: advice('Ask who offers the volume whether it was taken, or withdrawn.'),
          }
        : null,
  },
  {
    id: 'wrong-key',
    code: 'invalid',
    source: `${SOURCE}: InvalidAuthKey`,
    needs: ['transferId', 'authKey'],
    test: (ask) =>
      named(ask) !== null && offered(ask) === null
        ? {
            message: `That is not the key of transfer ${ask.input.transferId}.`,
            remedy: advice('Ask who offers the volume for the key.'),
          }
        : null,
  },
  {
    id: 'volume-status',
    code: 'invalid',
    source: SOURCE,
    test: (ask) => {
      const volume = offered(ask);
      if (volume === null || volume.status === 'awaiting-transfer') return null;
      return {
        message: `Volume ${volume.name} is ${volume.status} by now; taking it needs awaiting-transfer.`,
        remedy: advice('Ask who offers it to offer it again.'),
      };
    },
  },
  {
    id: 'quota',
    code: 'over_quota',
    source: `${SOURCE}: volumes, snapshots and gigabytes of the new project`,
    test: (ask) => {
      const volume = offered(ask);
      const quota = ask.world.quota.get(ask.id);
      if (volume === null || quota === undefined || volume.projectId === ask.id) return null;
      return quotaObjection(ask, quota, sharesOf(ask, volume));
    },
  },
];

/** @returns what the volume and its snapshots take from a quota, by resource */
function sharesOf(ask: Accepting, volume: VolumeRecord): Record<string, number> {
  const snapshots = snapshotsOf(ask.world, volume.id).filter(({ consumesQuota }) => consumesQuota);
  const sizes = [...(volume.consumesQuota ? [volume] : []), ...snapshots].map(({ sizeGib }) => sizeGib);
  return withinType(rowOf(ask.world, 'volumeType', volume.typeId), {
    volumes: volume.consumesQuota ? 1 : 0,
    snapshots: snapshots.length,
    gigabytes: sizes.reduce((sum, gib) => sum + gib, 0),
  });
}

export const acceptTransfer = defineVerb({
  name: 'volume.accept-transfer',
  noun: 'project',
  fields: {
    transferId: { kind: 'text', label: 'Id of the transfer', min: 1, max: 255 },
    authKey: { ...AUTH_KEY_FIELD, hint: 'Whoever offers the volume knows it.' },
  },
  life: { of: 'volume', from: ['awaiting-transfer'], during: null, done: 'available', failed: '=' },
  roots: ({ id, input }) => ({
    transfers: input.transferId === undefined ? [] : [input.transferId],
    quotas: [id],
  }),
  rules,
  plan: (ask) => {
    const volume = offered(ask);
    if (volume === null) throw new Error('a transfer without a volume passed the rules');
    const owner = { projectId: ask.id, userId: ask.actor.userId };
    return {
      changes: [
        update('volume', volume.id, { ...owner, status: 'available', transfer: null }),
        ...snapshotsOf(ask.world, volume.id).map((each) => update('snapshot', each.id, owner)),
      ],
      subject: { volumeId: volume.id },
      job: null,
      answer: { volumeId: volume.id, name: volume.transfer?.name ?? null },
      message: `${volume.name} is taken into project ${ask.actor.projectName}`,
    };
  },
  steps: (ask) => [
    'The volume, with its snapshots, belongs to this project from then on, and counts against its quota.',
    `The project that offered it sees it no more.${ask.input.transferId === undefined ? '' : ` Transfer ${ask.input.transferId} is done.`}`,
  ],
  spoken: (ask) => {
    const { transferId = '' } = ask.input;
    return {
      command: commandOf('openstack volume transfer request accept', option('--auth-key', 'KEY'), transferId),
      request: {
        method: 'POST',
        path: `/v3/${ask.actor.projectId}/volume-transfers/${transferId}/accept`,
        body: { accept: { auth_key: 'KEY' } },
      },
    };
  },
});
