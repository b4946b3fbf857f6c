/**
 * When a disk of a running server may be moved to another volume, in Nova's order.
 */
import type { Ask, Objection, Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type ServerRecord } from '../engine/world';
import { launchedRefusal, lockRefusal, taskStateRefusal, vmStateRefusal } from '../server-checks';
import { isMigrating, type MigrationStatus } from '../volume';
import { actionRemedy, advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { attachmentOf, idleRule, knownToComputeRule, volumeOfAttachment } from './attachment-rules';
import {
  freeTargetRule,
  hostMultiattachRule,
  oneProjectRule,
  otherVolumeRule,
  type Swap,
  serverOf,
  sizeRule,
  targetOf,
  targetRule,
  targetStatusRule,
  zoneRule,
} from './swap-target-rules';
import { countWriters } from './writers';

const ACTION = 'attachment.swap';
const API = 'nova compute/api.py, swap_volume';
const REST = 'nova api/openstack/compute/volume_attachments.py, _update_volume_swap';

/** Upstream takes any text for a migration, also that of one that has ended. */
const UNDER_MIGRATION: readonly (MigrationStatus | null)[] = ['starting', 'migrating', 'completing'];

/** A rule about the server; one without is refused by another. */
function ofServer(
  base: Pick<Rule<Swap>, 'id' | 'source'>,
  test: (server: ServerRecord, ask: Ask<Swap>) => Objection | null,
): Rule<Swap> {
  return {
    ...base,
    code: 'conflict',
    test: (ask) => {
      const server = serverOf(ask);
      return server === null ? null : test(server, ask);
    },
  };
}

const onServerRule: Rule<Swap> = {
  id: 'server-not-found',
  code: 'not_found',
  source: REST,
  test: (ask) => {
    const { serverId } = attachmentOf(ask);
    if (serverId === null || serverOf(ask) !== null) return null;
    return { message: `There is no server ${serverId}; its disks cannot be swapped.` };
  },
};

const migratingRule: Rule<Swap> = {
  id: 'not-migrating',
  code: 'conflict',
  source: `${REST}: only storage calls it, while it migrates`,
  test: (ask) => {
    const volume = volumeOfAttachment(ask);
    if (!ask.settings.swapOnlyWhileMigrating || UNDER_MIGRATION.includes(volume.migrationStatus)) return null;
    return {
      message: `Volume ${volume.name} is not being migrated (${volume.migrationStatus ?? 'none'}); this cloud swaps volumes only for a migration.`,
      remedy: actionRemedy(
        ask,
        {
          action: 'volume.migrate',
          label: `Migrate ${volume.name}`,
          projectId: volume.projectId,
          args: { volumeId: volume.id },
        },
        'Ask an administrator to migrate or retype the volume.',
      ),
    };
  },
};

const hostRule = ofServer(
  { id: 'no-host', source: 'nova compute/api.py: the host that has the disk does the swap' },
  (server, { world }) => {
    const host = server.host === null ? undefined : world.host.get(server.host);
    if (host?.up === true) return null;
    return host === undefined
      ? {
          message: `Server ${server.name} is on no known compute host; swapping needs one that is up.`,
          remedy: advice('An administrator can find out where it belongs.'),
        }
      : {
          message: `Compute host ${host.name} of server ${server.name} is down; nothing could swap the disk.`,
          remedy: advice(
            `Bring the compute service on ${host.name} back.`,
            `openstack compute service list --host ${host.name}`,
          ),
        };
  },
);

const inStorageRule: Rule<Swap> = {
  id: 'not-attached',
  code: 'invalid',
  source: API,
  test: (ask) => {
    const { attachStatus } = attachmentOf(ask);
    const volume = volumeOfAttachment(ask);
    if (attachStatus === 'attached') return null;
    return {
      message: `Storage has volume ${volume.name} as ${attachStatus ?? 'not attached'} to the server; swapping needs attached.`,
      remedy: statusRemedy(ask, volume),
    };
  },
};

/** While storage migrates the volume its status says that already, and stays. */
const sourceStatusRule: Rule<Swap> = {
  id: 'volume-status',
  code: 'invalid',
  source: 'cinder volume/api.py, begin_detaching',
  test: (ask) => {
    const volume = volumeOfAttachment(ask);
    if (isMigrating(volume.migrationStatus)) return null;
    if (volume.status === 'in-use' && volume.attachStatus === 'attached') return null;
    const state = volume.status === 'in-use' ? `in-use but ${volume.attachStatus}` : volume.status;
    return {
      message: `Volume ${volume.name} is ${state}; swapping needs in-use and attached.`,
      remedy: statusRemedy(ask, volume),
    };
  },
};

const writersRule: Rule<Swap> = {
  id: 'several-writers',
  code: 'invalid',
  source: 'nova compute/api.py, _count_attachments_for_swap (bug 1775418)',
  test: (ask) => {
    const volume = volumeOfAttachment(ask);
    const live = attachmentsOf(ask.world, volume.id);
    const count = countWriters(live);
    if (count < 2) return null;
    const other = live.find((each) => each.id !== ask.id && each.mode === 'rw') ?? attachmentOf(ask);
    return {
      message: `Volume ${volume.name} has ${count} read/write attachments; what the others write would be lost, so swapping needs at most one.`,
      remedy: detachRemedy(ask, volume, other),
    };
  },
};

/** @returns the disk's attachment and those of the volume to swap to */
function involved(ask: Pick<Ask<object>, 'world' | 'id' | 'input'>): string[] {
  const target = targetOf(ask);
  const others: AttachmentRecord[] = target === null ? [] : attachmentsOf(ask.world, target.id);
  return [ask.id, ...others.map((each) => each.id)];
}

export const SWAP_RULES = [
  knownToComputeRule(`${REST}, VolumeBDMNotFound`),
  onServerRule,
  migratingRule,
  targetRule,
  otherVolumeRule,
  oneProjectRule,
  ofServer({ id: 'server-locked', source: 'nova compute/api.py, check_instance_lock' }, (server, { actor }) =>
    lockRefusal(ACTION, server, actor),
  ),
  ofServer({ id: 'server-state', source: API }, (server, { actor }) =>
    vmStateRefusal(ACTION, server, ['active', 'paused', 'resized'], actor),
  ),
  ofServer({ id: 'server-busy', source: API }, (server) => taskStateRefusal(ACTION, server)),
  ofServer({ id: 'server-never-launched', source: API }, (server) => launchedRefusal(ACTION, server)),
  hostRule,
  inStorageRule,
  freeTargetRule,
  sizeRule,
  zoneRule,
  sourceStatusRule,
  writersRule,
  targetStatusRule,
  hostMultiattachRule,
  idleRule('swapping', { attachments: involved }),
] as const satisfies readonly Rule<Swap>[];
