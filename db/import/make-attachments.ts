/**
 * Volumes and attachments, and everything that is checked across them.
 */
import type { volumes } from '~/db/schema/volume';
import type { VolumeAttachStatus, VolumeStatus } from '~/server/domain/volume';
import { dropHomeless } from './attachments/homeless';
import { type Draft, joinAttachments } from './attachments/join';
import { quarantine } from './attachments/quarantine';
import { checkAttachments } from './checks/attachment';
import { checkQuotas } from './checks/quota';
import { checkHosts, checkServers } from './checks/server';
import { isLive, type View, viewOf } from './checks/view';
import { checkTransfers, checkVolumes, implied } from './checks/volume';
import type { Inventory } from './inventory';
import type { Fate } from './load/archive';
import { type Known, lookUpHolders, type Orm } from './load/known';
import { endVanished } from './load/vanished';
import { attachmentRow, type MadeAttachment } from './rows/attachment';
import type { Made } from './rows/row';
import { volumeRows } from './rows/volume';
import type { Breach } from './rules';

export interface MadeAttachments {
  volumes: Made<typeof volumes.$inferInsert>[];
  attachments: MadeAttachment[];
  /** How many attachments have which sides. */
  sides: { both: number; storageOnly: number; computeOnly: number };
  breaches: Breach[];
}

/**
 * @param fates what became of the documents; attachments that have vanished from a changed volume are ended
 */
export async function makeAttachments(
  orm: Orm,
  inventory: Inventory,
  known: Known,
  fates: ReadonlyMap<string, Fate>,
): Promise<MadeAttachments> {
  const joined = joinAttachments(inventory);
  const { drafts, breaches: homeless } = dropHomeless(viewOf(inventory, known, joined.drafts));
  const view = viewOf(inventory, known, drafts);
  const draftIds = drafts.map((draft) => draft.id);
  const holders = await lookUpHolders(orm, inventory, draftIds);
  const vanished = await endVanished(orm, holders, fates, view);
  const multiattach = (id: string) =>
    view.volumes.get(id)?.multiattach ?? known.volumes.get(id)?.multiattach ?? false;
  const conflicts = quarantine(
    drafts.filter(isLive),
    holders.filter((holder) => !vanished.ids.has(holder.id)),
    multiattach,
    { volume: view.volumeName, server: view.serverName },
  );
  const converted = volumeRows(inventory);
  return {
    volumes: converted.rows.map(({ row, from }) => withAttachStatus(row, from, view)),
    attachments: attachmentRows(view, multiattach, conflicts.reasons),
    sides: sidesOf(drafts),
    breaches: [
      ...joined.breaches,
      ...homeless,
      ...vanished.breaches,
      ...conflicts.breaches,
      ...converted.breaches,
      ...checkAttachments(view),
      ...checkVolumes(view),
      ...checkTransfers(view),
      ...checkServers(view),
      ...checkHosts(view),
      ...checkQuotas(view),
    ],
  };
}

function attachmentRows(
  view: View,
  multiattach: (volumeId: string) => boolean,
  reasons: ReadonlyMap<string, string>,
): MadeAttachment[] {
  const disks = new Map<string, number>();
  for (const { compute } of view.drafts) {
    if (compute !== null) disks.set(compute.serverId, (disks.get(compute.serverId) ?? 0) + 1);
  }
  return view.drafts.map((draft) =>
    attachmentRow(draft, {
      multiattach,
      server: (id) => view.servers.get(id),
      volumeUpdated: (id) => {
        const volume = view.volumes.get(id);
        return volume?.updated_at ?? volume?.created_at ?? new Date(0);
      },
      volumesOf: (id) => disks.get(id) ?? 0,
      quarantine: reasons,
    }),
  );
}

type BareVolume = ReturnType<typeof volumeRows>['rows'][number]['row'];

function withAttachStatus(
  row: BareVolume,
  from: readonly string[],
  view: View,
): Made<typeof volumes.$inferInsert> {
  const drafts = view.draftsOfVolume.get(row.id) ?? [];
  const attachStatus = attachStatusOf(row.status, drafts);
  // A volume that something still holds is not gone, whatever it says.
  const deletedAt = row.status === 'deleted' && attachStatus === 'detached' ? row.updatedAt : null;
  return {
    row: { ...row, attachStatus, deletedAt },
    from: [...from, ...drafts.flatMap((draft) => draft.from)],
  };
}

/** Statuses that only a volume has which Cinder counts as attached. */
const CLAIMS_ATTACHED: readonly VolumeStatus[] = ['in-use', 'detaching'];

/**
 * No API shows a volume's attach_status. Its live records give it, as they do when Cinder derives it anew; where there
 * are none, a status that only attached volumes have is taken at its word.
 */
function attachStatusOf(status: VolumeStatus, drafts: readonly Draft[]): VolumeAttachStatus {
  const { attachStatus } = implied(drafts);
  return attachStatus === 'detached' && CLAIMS_ATTACHED.includes(status) ? 'attached' : attachStatus;
}

function sidesOf(drafts: readonly Draft[]): MadeAttachments['sides'] {
  const both = drafts.filter((each) => each.storage !== null && each.compute !== null).length;
  const storageOnly = drafts.filter((each) => each.compute === null).length;
  return { both, storageOnly, computeOnly: drafts.length - both - storageOnly };
}
