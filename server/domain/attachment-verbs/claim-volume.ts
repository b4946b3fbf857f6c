/**
 * The four actions by which older clients claim a volume before they attach it, and before they detach it. They change
 * its status and nothing else; whoever claims a volume also gives it back.
 */
import type { Json } from '../connection';
import { update } from '../engine/change';
import { type AnyVerb, type Ask, defineVerb, type Life, type Plan, type Rule } from '../engine/verb';
import type { VolumeRecord, World } from '../engine/world';
import type { VerbName } from '../verb-catalogue';
import { isMigrating, type VolumeStatus } from '../volume';
import { statusRemedy } from '../volume-verbs/volume-remedy';
import { oneOf, volumeOf } from '../volume-verbs/volume-rules';
import { impliedBy } from '../volume-verbs/volume-work';
import { volumeActionByRequest } from './attachment-words';

interface Claim {
  life: Life;
  rules: readonly Rule<object>[];
  /** The status it gets; null where it stays as it is. */
  next(world: World, volume: VolumeRecord): VolumeStatus | null;
  body: { readonly [key: string]: Json };
  warnings?: (volume: VolumeRecord) => string[];
}

function sentence(volume: VolumeRecord, status: VolumeStatus | null): string {
  return status === null
    ? `Volume ${volume.name} stays ${volume.status}.`
    : `Volume ${volume.name} becomes ${status}. Nothing else happens.`;
}

function claim(name: VerbName, { life, rules, next, body, warnings }: Claim): AnyVerb {
  const statusAfter = (ask: Ask<object>) => next(ask.world, volumeOf(ask));
  return defineVerb({
    name,
    noun: 'volume',
    fields: {},
    life,
    rules,
    plan: (ask): Plan => {
      const volume = volumeOf(ask);
      const status = statusAfter(ask);
      return {
        changes: status === null ? [] : [update('volume', volume.id, { status })],
        subject: { volumeId: volume.id },
        job: null,
        message: `${volume.name} is ${status ?? volume.status}`,
      };
    },
    steps: (ask) => [sentence(volumeOf(ask), statusAfter(ask))],
    ...(warnings === undefined ? {} : { warnings: (ask) => warnings(volumeOf(ask)) }),
    spoken: (ask) => volumeActionByRequest(ask, body),
  });
}

function reservable({ multiattach }: VolumeRecord): readonly VolumeStatus[] {
  return multiattach ? ['available', 'in-use'] : ['available'];
}

const reservableRule: Rule<object> = {
  id: 'volume-status',
  code: 'invalid',
  source: 'cinder volume/api.py, reserve_volume',
  test: (ask) => {
    const volume = volumeOf(ask);
    if (reservable(volume).includes(volume.status)) return null;
    return {
      message: `Volume ${volume.name} is ${volume.status}; reserving it needs ${oneOf(reservable(volume))}.`,
      remedy: statusRemedy(ask, volume),
    };
  },
};

/** While it is migrated this is accepted, and changes nothing. */
const detachableRule: Rule<object> = {
  id: 'volume-status',
  code: 'invalid',
  source: 'cinder volume/api.py, begin_detaching',
  test: (ask) => {
    const volume = volumeOf(ask);
    if (isMigrating(volume.migrationStatus)) return null;
    if (volume.status === 'in-use' && volume.attachStatus === 'attached') return null;
    const state = volume.status === 'in-use' ? `in-use but ${volume.attachStatus}` : volume.status;
    return {
      message: `Volume ${volume.name} is ${state}; this needs in-use and attached.`,
      remedy: statusRemedy(ask, volume),
    };
  },
};

/** An attach or detach that is under way has claimed it for itself, and will give it back itself. */
function isClaimedByWork(world: World, { id }: VolumeRecord): boolean {
  return [...world.operation.values()].some((each) => each.subject.volumeId === id);
}

export const reserveVolume = claim('volume.reserve', {
  life: { from: ['available', 'in-use'], during: null, done: 'attaching', failed: '=' },
  rules: [reservableRule],
  next: () => 'attaching',
  body: { 'os-reserve': {} },
  warnings: (volume) => [`Volume ${volume.name} stays attaching until it is attached, or unreserved.`],
});

/**
 * Upstream makes it in-use as soon as it has any attachment; here it is what its attachments say, so that a mere
 * reservation does not look like a disk in use.
 */
export const unreserveVolume = claim('volume.unreserve', {
  life: { from: ['attaching'], during: null, done: 'available', failed: '=' },
  rules: [],
  next: (world, volume) => {
    if (volume.status !== 'attaching' || isClaimedByWork(world, volume)) return null;
    const { status } = impliedBy(world, volume.id);
    return status === volume.status ? null : status;
  },
  body: { 'os-unreserve': {} },
});

export const beginDetaching = claim('volume.begin-detaching', {
  life: { from: ['in-use'], during: null, done: 'detaching', failed: '=' },
  rules: [detachableRule],
  next: (_world, volume) => (isMigrating(volume.migrationStatus) ? null : 'detaching'),
  body: { 'os-begin_detaching': {} },
  warnings: (volume) => [
    `Volume ${volume.name} stays detaching until it is detached, or that is rolled back.`,
  ],
});

export const rollDetaching = claim('volume.roll-detaching', {
  life: { from: ['detaching'], during: null, done: 'in-use', failed: '=' },
  rules: [],
  next: (world, volume) =>
    volume.status !== 'detaching' || isClaimedByWork(world, volume) ? null : 'in-use',
  body: { 'os-roll_detaching': {} },
});
