/**
 * What can be wrong with a volume, its transfers included.
 */
import type { Draft } from '~/db/import/attachments/join';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import { knownStatus } from '~/db/import/rows/attachment';
import { label } from '~/db/import/rows/volume';
import type { Breach, RuleId } from '~/db/import/rules';
import { type ImpliedVolumeState, impliedVolumeState } from '~/server/domain/attachment';
import {
  isErrorStatus,
  VOLUME_STATUS_FAMILY,
  VOLUME_STATUSES,
  type VolumeStatus,
} from '~/server/domain/volume';
import type { View } from './view';

type Volume = DocumentOf<'volume'>;

export function checkVolumes(view: View): Breach[] {
  return [...view.volumes.values()].flatMap((volume) => {
    const drafts = view.draftsOfVolume.get(volume.id) ?? [];
    return [
      ...checkStatus(volume, drafts),
      ...checkMigration(volume),
      ...checkSwap(volume, drafts, view),
      ...checkWriters(volume, drafts, view),
      ...checkPool(volume, view),
      ...checkTransfer(volume, view),
    ];
  });
}

function breach(rule: RuleId, volume: Volume, message: string): Breach {
  return { rule, kind: 'volume', objectId: volume.id, volumeId: volume.id, message };
}

/** What live attachments imply; an unknown status carries no weight, as an error does not. */
export function implied(drafts: readonly Draft[]): ImpliedVolumeState {
  return impliedVolumeState(drafts.map((each) => knownStatus(each.storage?.status ?? '') ?? null));
}

/** Statuses in which a volume may well be attached: work on it that goes on beside its use, or failed beside it. */
const BESIDE_USE: readonly VolumeStatus[] = [
  'in-use',
  'detaching',
  'attaching',
  'reserved',
  'backing-up',
  'uploading',
  'extending',
  'retyping',
  'error_extending',
  'error_backing-up',
];

/** Statuses that say nothing but what the attachments are. */
const SAYS_ATTACHED: readonly VolumeStatus[] = ['in-use', 'reserved'];

function checkStatus(volume: Volume, drafts: readonly Draft[]): Breach[] {
  const status = VOLUME_STATUSES.find((each) => each === volume.status);
  if (status === undefined) return [];
  const breaches: Breach[] = [];
  const since = (volume.updated_at ?? volume.created_at).toISOString();
  const name = label(volume);
  const means = implied(drafts).status;
  if (contradicts(status, drafts)) {
    breaches.push(
      breach('volume.status-differs', volume, `Volume ${name} is ${status}; its attachments imply ${means}.`),
    );
  }
  if (VOLUME_STATUS_FAMILY[status] === 'progress') {
    const message = `Volume ${name} is ${status} since ${since}; its attachments imply ${means}.`;
    breaches.push(breach('volume.stuck', volume, message));
  }
  if (isErrorStatus(status)) {
    breaches.push(breach('volume.in-error', volume, `Volume ${name} is ${status} since ${since}.`));
  }
  return breaches;
}

function contradicts(status: VolumeStatus, drafts: readonly Draft[]): boolean {
  const means = implied(drafts).status;
  if (SAYS_ATTACHED.includes(status)) {
    // A multiattach volume in use is `reserved` while a further attachment waits.
    const waiting = drafts.some((each) => each.storage?.status === 'reserved');
    return means !== status && !(status === 'reserved' && waiting);
  }
  return means !== 'available' && !BESIDE_USE.includes(status);
}

/** `success` stays for ever after a migration that went well. */
function checkMigration(volume: Volume): Breach[] {
  const status = volume['os-vol-mig-status-attr:migstat'] ?? volume.migration_status;
  if (status === null || status === '' || status === 'none' || status === 'success') return [];
  const message = `Volume ${label(volume)} is ${volume.status} with migration status ${status}.`;
  return [breach('volume.migration-residue', volume, message)];
}

/** A swap detaches one volume of a server while another is reserved for the same server, which has no such disk yet. */
function checkSwap(volume: Volume, drafts: readonly Draft[], view: View): Breach[] {
  if (volume.status !== 'detaching') return [];
  return drafts.flatMap((draft) => {
    const serverId = draft.compute?.serverId;
    if (serverId === undefined) return [];
    const target = view.drafts.find(
      (each) =>
        each.compute === null &&
        each.storage?.status === 'reserved' &&
        each.storage.instanceId === serverId &&
        each.volumeId !== volume.id,
    );
    if (target === undefined) return [];
    const message = `Volume ${label(volume)} is detaching from server ${view.serverName(serverId)}, for which volume ${view.volumeName(target.volumeId)} is reserved without a disk: a swap that stopped half-way.`;
    return [{ ...breach('volume.swap-half-way', volume, message), instanceId: serverId }];
  });
}

function checkWriters(volume: Volume, drafts: readonly Draft[], view: View): Breach[] {
  const writers = drafts.filter((each) => each.storage?.status === 'attached' && each.storage.mode !== 'ro');
  if (!volume.multiattach || writers.length < 2) return [];
  const names = writers.map((each) => view.serverName(each.storage?.instanceId ?? 'unknown')).sort();
  const message = `Volume ${label(volume)} has ${writers.length} writers: ${names.join(', ')}.`;
  return [breach('volume.several-writers', volume, message)];
}

function checkPool(volume: Volume, view: View): Breach[] {
  const pool = volume['os-vol-host-attr:host'];
  const reported = view.inventory.of.pool;
  if (pool === null || view.known.pools.has(pool) || reported.some((each) => each.id === pool)) return [];
  return [
    breach(
      'volume.pool-unknown',
      volume,
      `Volume ${label(volume)} is in pool ${pool}, which is not among the pools.`,
    ),
  ];
}

function checkTransfer(volume: Volume, view: View): Breach[] {
  if (volume.status !== 'awaiting-transfer') return [];
  const offered = view.inventory.of.transfer.some((each) => each.value.volume_id === volume.id);
  return offered
    ? []
    : [
        breach(
          'volume.transfer-missing',
          volume,
          `Volume ${label(volume)} awaits a transfer that is not among the transfers.`,
        ),
      ];
}

export function checkTransfers({ inventory, known, volumes }: View): Breach[] {
  const projects = new Set([...known.projects.keys(), ...inventory.of.project.map((each) => each.id)]);
  return inventory.of.transfer.flatMap(({ value: transfer }) => {
    const about = { kind: 'transfer', objectId: transfer.id, volumeId: transfer.volume_id };
    const name = transfer.name || transfer.id;
    const breaches: Breach[] = [];
    if (!volumes.has(transfer.volume_id) && !known.volumes.has(transfer.volume_id)) {
      const message = `Transfer ${name} is of volume ${transfer.volume_id}, which is not here.`;
      breaches.push({ ...about, rule: 'transfer.volume-unknown', message });
    }
    if (transfer.source_project_id !== null && !projects.has(transfer.source_project_id)) {
      const message = `Transfer ${name} is from project ${transfer.source_project_id}, which is not here.`;
      breaches.push({ ...about, rule: 'transfer.project-unknown', message });
    }
    return breaches;
  });
}
