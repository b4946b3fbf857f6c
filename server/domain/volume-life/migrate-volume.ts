/**
 * A volume moves to another pool, while nobody has it attached or under the servers that have.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Rule } from '../engine/verb';
import { attachmentsOf } from '../engine/world';
import { advice } from '../volume-verbs/volume-remedy';
import {
  noSnapshotsRule,
  notInGroupRule,
  notInHandsRule,
  notMigratingRule,
  oneOf,
  statusRule,
  volumeOf,
} from '../volume-verbs/volume-rules';
import { commandOf, option, volumeAction } from '../volume-verbs/volume-words';
import { backendOf, poolProblem } from './choose-pool';
import { MIGRATION_PHASES } from './migration-phases';

const SOURCE = 'cinder volume/api.py, migrate_volume';
const ABOUT = { doing: 'migrating', source: SOURCE } as const;

interface Migration {
  host?: string | undefined;
  cluster?: string | undefined;
  lockVolume?: boolean | undefined;
  forceHostCopy?: boolean | undefined;
}

function given(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

const DESTINATION_RULES: Rule<Migration>[] = [
  {
    id: 'one-destination',
    code: 'invalid',
    source: 'cinder api/contrib/admin_actions.py, _migrate_volume',
    needs: ['host'],
    test: ({ input: { host, cluster } }) =>
      given(host) !== given(cluster)
        ? null
        : {
            message: given(host)
              ? 'Both a pool and a cluster are given; a volume goes to one of them.'
              : 'Neither a pool nor a cluster is given; a migration needs one.',
            remedy: advice('Name the pool to migrate to.', 'cinder get-pools'),
          },
  },
  {
    id: 'no-service',
    code: 'invalid',
    source: `${SOURCE}: No available service`,
    test: ({ world, input: { host, cluster } }) => {
      if (given(cluster) && !given(host)) {
        return {
          message: `No volume service is clustered here; there is no cluster ${cluster}.`,
          remedy: advice('Name a pool.', 'cinder get-pools'),
        };
      }
      if (!given(host)) return null;
      const backend = backendOf(host);
      const found = [...world.pool.values()].some((each) => each.usable && backendOf(each.id) === backend);
      if (found) return null;
      const others = [...world.pool.values()].filter((each) => each.usable).map((each) => each.id);
      return {
        message: `No volume service that is enabled and up has backend ${backend}.`,
        remedy: advice(
          others.length === 0 ? 'Bring a volume service back first.' : `There are ${oneOf(others)}.`,
        ),
      };
    },
  },
];

const elsewhereRule: Rule<Migration> = {
  id: 'same-pool',
  code: 'invalid',
  source: `${SOURCE}: destination must differ`,
  test: (ask) => {
    const volume = volumeOf(ask);
    if (volume.pool === null || volume.pool !== ask.input.host) return null;
    return {
      message: `Volume ${volume.name} is in pool ${volume.pool} already.`,
      remedy: advice('Choose another pool.', 'cinder get-pools'),
    };
  },
};

/** What the scheduler will say, once it is asked: the pool, or why there is none. */
type Place = { pool: string } | { problem: string };

/** A backend stands for those of its pools that can take the volume (cinder scheduler/filter_scheduler.py, host_passes_filters). */
function placeOf(ask: Ask<Partial<Migration>>): Place {
  const { host = '' } = ask.input;
  const { sizeGib, availabilityZone, typeId, pool: own } = volumeOf(ask);
  const type = ask.world.volumeType.get(typeId);
  const pools = [...ask.world.pool.values()].filter(
    ({ id }) => id !== own && (id === host || backendOf(id) === host),
  );
  if (type === undefined || pools.length === 0) return { problem: `there is no pool ${host}` };
  const tried = pools.map((pool) => ({
    pool: pool.id,
    problem: poolProblem(pool, { type, sizeGib, availabilityZone }, ask.settings),
  }));
  const fit = tried.find(({ problem }) => problem === null);
  return fit === undefined ? { problem: tried[0]?.problem ?? '' } : { pool: fit.pool };
}

export const migrateVolume = defineVerb({
  name: 'volume.migrate',
  noun: 'volume',
  fields: {
    host: { kind: 'pick', of: 'pool', label: 'To pool', optional: true },
    cluster: { kind: 'text', label: 'To cluster', max: 255, optional: true },
    lockVolume: {
      kind: 'flag',
      label: 'Lock it meanwhile',
      hint: 'Nobody can use it, so that nobody can spoil the migration.',
      optional: true,
    },
    forceHostCopy: {
      kind: 'flag',
      label: 'Copy it by hosts',
      hint: 'Even where storage could move it by itself.',
      optional: true,
    },
  },
  life: { from: ['available', 'in-use'], during: 'maintenance', done: '=', failed: '=' },
  roots: () => ({ pools: true }),
  rules: [
    ...DESTINATION_RULES,
    statusRule(['available', 'in-use'], ABOUT),
    notMigratingRule(ABOUT),
    notInGroupRule(ABOUT),
    noSnapshotsRule(ABOUT),
    elsewhereRule,
    notInHandsRule(ABOUT),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const { host = '', lockVolume, forceHostCopy } = ask.input;
    const locked = lockVolume === true && volume.status === 'available';
    return {
      changes: [
        update('volume', volume.id, {
          migrationStatus: 'starting',
          previousStatus: volume.status,
          ...(locked ? { status: 'maintenance' } : {}),
        }),
      ],
      subject: { volumeId: volume.id },
      job: {
        phase: 'reserve',
        owns: volume.id,
        carry: {
          ...placeOf(ask),
          way: forceHostCopy === true ? 'by-hosts' : 'by-storage',
        },
      },
      message: `${volume.name} is to move to ${host}`,
    };
  },
  phases: MIGRATION_PHASES,
  steps: (ask) => {
    const volume = volumeOf(ask);
    const { host = 'another pool', lockVolume, forceHostCopy } = ask.input;
    const attached = attachmentsOf(ask.world, volume.id).length > 0;
    return [
      lockVolume === true && volume.status === 'available'
        ? `Volume ${volume.name} becomes maintenance: nobody can use it meanwhile.`
        : `Volume ${volume.name} stays ${volume.status}; its migration is starting.`,
      attached
        ? `A hidden volume is made in ${host}; the hosts copy the data while the guests go on.`
        : forceHostCopy === true
          ? `A hidden volume is made in ${host}, and the data are copied to it.`
          : `Storage moves the data to ${host}.`,
      'The volume keeps its id and gets the new place; what was at the old place is deleted.',
    ];
  },
  warnings: (ask) => {
    const volume = volumeOf(ask);
    const place = placeOf(ask);
    return [
      ...(ask.input.host !== undefined && 'problem' in place
        ? [`It is going to fail: ${place.problem}.`]
        : []),
      ...(volume.status === 'available' && ask.input.lockVolume !== true
        ? ['It is not locked: if somebody attaches it meanwhile, the migration fails.']
        : []),
    ];
  },
  onFailure: 'The hidden volume goes, the volume stays where it was, and its migration status is error.',
  spoken: (ask) => {
    const { host, cluster, lockVolume = false, forceHostCopy = false } = ask.input;
    return volumeAction(
      ask,
      commandOf(
        'openstack volume migrate',
        option('--host', host),
        option('--cluster', cluster),
        lockVolume ? '--lock-volume' : '',
        forceHostCopy ? '--force-host-copy' : '',
        ask.id,
      ),
      {
        'os-migrate_volume': {
          ...(host === undefined ? {} : { host }),
          ...(cluster === undefined ? {} : { cluster }),
          lock_volume: lockVolume,
          force_host_copy: forceHostCopy,
        },
      },
    );
  },
});
