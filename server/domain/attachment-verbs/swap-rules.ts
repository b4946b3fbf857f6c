/**
 * When a disk of a running server may be moved to another volume, in Nova's order.
 */
import type { Ask, Objection, Rule } from '../engine/verb';
import { type AttachmentRecord, attachmentsOf, type ServerRecord, type VolumeRecord } from '../engine/world';
import { launchedRefusal, lockRefusal, taskStateRefusal, vmStateRefusal } from '../server-checks';
import { isMigrating, type MigrationStatus } from '../volume';
import { actionRemedy, advice, detachRemedy, statusRemedy } from '../volume-verbs/volume-remedy';
import { attachmentOf, idleRule, knownToComputeRule, volumeOfAttachment } from './attachment-rules';
import { countWriters } from './writers';

export interface Swap {
  volumeId: string;
}

const ACTION = 'attachment.swap';
const API = 'nova compute/api.py, swap_volume';
const REST = 'nova api/openstack/compute/volume_attachments.py, _update_volume_swap';

/** Upstream takes any text for a migration, also that of one that has ended. */
const UNDER_MIGRATION: readonly (MigrationStatus | null)[] = ['starting', 'migrating', 'completing'];

/** @returns the volume to swap to; null when it is not there, or not the caller's to see */
export function targetOf({ world, input }: Pick<Ask<Partial<Swap>>, 'world' | 'input'>): VolumeRecord | null {
  return world.volume.get(input.volumeId ?? '') ?? null;
}

/** @returns the server that has the disk; null for one that is not here */
export function serverOf(ask: Pick<Ask<object>, 'world' | 'id'>): ServerRecord | null {
  return ask.world.server.get(attachmentOf(ask).serverId ?? '') ?? null;
}

type Base = Pick<Rule<Swap>, 'id' | 'code' | 'source'>;

/** A rule about the server; one without is refused by another. */
function ofServer(
  base: Omit<Base, 'code'>,
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

/** A rule about the volume to swap to; one that is not there is refused by another. */
function ofTarget(base: Base, test: (target: VolumeRecord, ask: Ask<Swap>) => Objection | null): Rule<Swap> {
  return {
    ...base,
    needs: ['volumeId'],
    test: (ask) => {
      const target = targetOf(ask);
      return target === null ? null : test(target, ask);
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

const targetRule: Rule<Swap> = {
  id: 'target-not-found',
  code: 'invalid',
  source: `${REST}: a volume of the body that is not there is a bad request`,
  needs: ['volumeId'],
  test: (ask) =>
    targetOf(ask) === null
      ? {
          message: `There is no volume ${ask.input.volumeId} to swap to.`,
          remedy: advice('Pick a volume of this project.', 'openstack volume list --status available'),
        }
      : null,
};

const otherVolumeRule = ofTarget(
  {
    id: 'same-volume',
    code: 'invalid',
    source: `${REST}: with the volume of the path there is nothing to swap`,
  },
  (target, ask) =>
    target.id === attachmentOf(ask).volumeId
      ? { message: `The disk is on volume ${target.name} already.`, remedy: advice('Pick another volume.') }
      : null,
);

const oneProjectRule = ofTarget(
  {
    id: 'another-project',
    code: 'invalid',
    source: 'older nova releases; a server must not end up with the data of another project',
  },
  (target, ask) => {
    const volume = volumeOfAttachment(ask);
    if (target.projectId === volume.projectId && target.projectId === serverOf(ask)?.projectId) return null;
    return {
      message: `Volume ${target.name}, volume ${volume.name} and their server must be of one project.`,
      remedy: advice('Pick a volume of the same project.'),
    };
  },
);

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

const freeTargetRule = ofTarget({ id: 'target-attached', code: 'invalid', source: API }, (target, ask) => {
  const [holder] = attachmentsOf(ask.world, target.id);
  // The same volume is refused for what it is.
  if (holder === undefined || target.id === attachmentOf(ask).volumeId) return null;
  return {
    message: `Volume ${target.name} has an attachment already; a volume to swap to must have none.`,
    remedy: detachRemedy(ask, target, holder),
  };
});

const sizeRule = ofTarget({ id: 'target-too-small', code: 'invalid', source: API }, (target, ask) => {
  const volume = volumeOfAttachment(ask);
  if (target.sizeGib >= volume.sizeGib) return null;
  return {
    message: `Volume ${target.name} has ${target.sizeGib} GiB; swapping needs at least the ${volume.sizeGib} GiB of ${volume.name}.`,
    remedy: actionRemedy(
      ask,
      {
        action: 'volume.extend',
        label: `Extend ${target.name} to ${volume.sizeGib} GiB`,
        projectId: target.projectId,
        args: { volumeId: target.id, sizeGib: String(volume.sizeGib) },
      },
      'Pick a larger volume.',
    ),
  };
});

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

const targetStatusRule = ofTarget(
  { id: 'target-status', code: 'invalid', source: 'cinder volume/api.py, _attachment_reserve' },
  (target, ask) => {
    if (target.status === 'available' || target.status === 'downloading') return null;
    if (target.id === attachmentOf(ask).volumeId) return null;
    return {
      message: `Volume ${target.name} is ${target.status}; a volume to swap to must be available.`,
      remedy: statusRemedy(ask, target),
    };
  },
);

const hostMultiattachRule = ofTarget(
  { id: 'host-without-multiattach', code: 'conflict', source: 'nova compute/manager.py, swap_volume' },
  (target, { world, id }) => {
    const server = serverOf({ world, id });
    const host = world.host.get(server?.host ?? '');
    if (!target.multiattach || host === undefined || host.supportsMultiattach) return null;
    return {
      message: `Host ${host.name} cannot handle multiattach volumes, and ${target.name} is one.`,
      remedy: advice('Pick a volume that is not multiattach.'),
    };
  },
);

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
  sourceStatusRule,
  writersRule,
  targetStatusRule,
  hostMultiattachRule,
  idleRule('swapping', { attachments: involved }),
] as const satisfies readonly Rule<Swap>[];
