/**
 * A volume gets another type: where it is, if its pool offers what the new type asks for, else in another pool.
 */
import { update } from '../engine/change';
import { type Ask, defineVerb, type Phase, type Step, type Work } from '../engine/verb';
import { attachmentsOf, snapshotsOf } from '../engine/world';
import {
  notInGroupRule,
  notInHandsRule,
  notMigratingRule,
  statusRule,
  volumeOf,
} from '../volume-verbs/volume-rules';
import { commandOf, volumeAction } from '../volume-verbs/volume-words';
import { carriedText, overtaken, ownVolume, volumeOfWork } from '../volume-verbs/volume-work';
import { choosePool, poolProblem } from './choose-pool';
import { encryptedAs, unfitByNow } from './encrypted-as';
import { MIGRATION_PHASES } from './migration-phases';
import { freedStatus } from './migration-records';
import { newTypeOf, RETYPE_RULES, RETYPE_TYPE_RULES, type Retype, sharesOf } from './retype-rules';
import { isMultiattachType } from './type-of-volume';

const SOURCE = 'cinder volume/api.py, retype';
const ABOUT = { doing: 'changing its type', source: SOURCE } as const;

type Way =
  | { kind: 'in-place' }
  | { kind: 'move'; pool: string }
  /** It is accepted, and fails. */
  | { kind: 'none'; problem: string };

/** Where it will be (cinder scheduler/filter_scheduler.py, find_retype_backend; manager.py, retype). */
function wayOf(ask: Ask<Partial<Retype>>): Way {
  const volume = volumeOf(ask);
  const type = newTypeOf(ask);
  const pool = volume.pool === null ? undefined : ask.world.pool.get(volume.pool);
  // What is not known to be unfit is left where it is.
  if (type === null || pool === undefined) return { kind: 'in-place' };
  const { sizeGib, availabilityZone } = volume;
  const problem = poolProblem(pool, { type, sizeGib: 0, availabilityZone }, ask.settings);
  if (problem === null) return { kind: 'in-place' };
  if (ask.input.migrationPolicy !== 'on-demand')
    return { kind: 'none', problem: `it would have to move, which was not allowed: ${problem}` };
  if (snapshotsOf(ask.world, volume.id).length > 0)
    return { kind: 'none', problem: `it would have to move, and has snapshots: ${problem}` };
  const other = choosePool(ask.world, { type, sizeGib, availabilityZone }, ask.settings);
  return other === null
    ? { kind: 'none', problem: `no pool offers what type ${type.name} asks for` }
    : { kind: 'move', pool: other };
}

function back(work: Work, reason: string): Step {
  const volume = ownVolume(work, 'retyping');
  if (volume === null) return overtaken(work);
  return {
    changes: [update('volume', volume.id, freedStatus(work.world, volume))],
    message: `${volume.name} keeps its type`,
    outcome: 'failed',
    reason,
  };
}

const act: Phase = {
  tasks: (work) => {
    const { problem } = work.operation.carry;
    const volume = ownVolume(work, 'retyping');
    if (volume === null || problem !== undefined) return [];
    const args = { typeId: carriedText(work, 'typeId'), pool: volume.pool };
    return [{ call: 'retypeVolume', volumeId: volume.id, args }];
  },
  done: (work) => {
    const { problem } = work.operation.carry;
    if (typeof problem === 'string') return back(work, problem);
    const volume = ownVolume(work, 'retyping');
    const type = work.world.volumeType.get(carriedText(work, 'typeId'));
    if (type === undefined) return back(work, 'the type is gone');
    if (volume === null) {
      const other = volumeOfWork(work);
      // What storage has done it has done; but a disk may be in use by now, which keeps the flag.
      const kept = other !== null && other.multiattach === isMultiattachType(type);
      return overtaken(work, kept ? [update('volume', other.id, { typeId: type.id })] : []);
    }
    const unfit = unfitByNow(volume, type);
    if (unfit !== null) return back(work, unfit);
    const multiattach = isMultiattachType(type);
    return {
      changes: [
        update('volume', volume.id, {
          typeId: type.id,
          multiattach,
          ...encryptedAs(volume, work.world.volumeType.get(volume.typeId), type, work.fresh),
          ...freedStatus(work.world, volume),
        }),
        ...(multiattach === volume.multiattach
          ? []
          : attachmentsOf(work.world, volume.id).map((each) =>
              update('attachment', each.id, { multiattach }),
            )),
      ],
      message: `${volume.name} has type ${type.name}`,
      outcome: 'succeeded',
    };
  },
  failed: back,
};

export const retypeVolume = defineVerb({
  name: 'volume.retype',
  noun: 'volume',
  fields: {
    type: { kind: 'pick', of: 'volumeType', label: 'New type' },
    migrationPolicy: {
      kind: 'choice',
      label: 'If it has to move',
      options: ['never', 'on-demand'],
      words: { never: 'Do not change its type', 'on-demand': 'Move it' },
      optional: true,
    },
  },
  life: { from: ['available', 'in-use'], during: 'retyping', done: '=', failed: '=' },
  roots: ({ actor }) => ({ everyVolumeType: true, qosOfTypes: true, pools: true, quotas: [actor.projectId] }),
  rules: [
    ...RETYPE_TYPE_RULES,
    statusRule(['available', 'in-use'], ABOUT),
    notMigratingRule(ABOUT),
    notInGroupRule(ABOUT),
    ...RETYPE_RULES,
    notInHandsRule(ABOUT),
  ],
  plan: (ask) => {
    const volume = volumeOf(ask);
    const type = newTypeOf(ask);
    if (type === null) throw new Error('the rules have let no type pass');
    const way = wayOf(ask);
    return {
      changes: [update('volume', volume.id, { status: 'retyping', previousStatus: volume.status })],
      subject: { volumeId: volume.id },
      job: {
        phase: way.kind === 'move' ? 'reserve' : 'act',
        owns: volume.id,
        carry: {
          typeId: type.id,
          ...(way.kind === 'move' ? { pool: way.pool, way: 'by-hosts' } : {}),
          ...(way.kind === 'none' ? { problem: way.problem } : {}),
        },
        reserves: sharesOf(ask),
      },
      message: `${volume.name} is to have type ${type.name}`,
    };
  },
  phases: { ...MIGRATION_PHASES, act },
  initial: () => ({ migrationPolicy: 'never' }),
  steps: (ask) => {
    const volume = volumeOf(ask);
    const type = newTypeOf(ask);
    const way = wayOf(ask);
    return [
      `Volume ${volume.name} becomes retyping, and quota of type ${type?.name ?? 'its new type'} is held for it.`,
      way.kind === 'move'
        ? `It moves to pool ${way.pool}, as a migration does, since its own does not offer what the type asks for.`
        : 'Storage changes it where it is.',
      'It becomes what it was, with its new type.',
    ];
  },
  warnings: (ask) => {
    const way = wayOf(ask);
    return way.kind === 'none' ? [`It is going to fail: ${way.problem}.`] : [];
  },
  onFailure: 'It becomes what it was, with its old type; the quota that was held is free.',
  spoken: (ask) => {
    const { type = '<type>', migrationPolicy = 'never' } = ask.input;
    return volumeAction(
      ask,
      commandOf('openstack volume set', `--type ${type}`, `--retype-policy ${migrationPolicy}`, ask.id),
      { 'os-retype': { new_type: type, migration_policy: migrationPolicy } },
    );
  },
});
