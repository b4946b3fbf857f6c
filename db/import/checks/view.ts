/**
 * The inventory as the checks look at it: attachments joined, names at hand.
 */
import type { Draft } from '~/db/import/attachments/join';
import type { DocumentOf } from '~/db/import/documents/catalogue';
import type { Inventory } from '~/db/import/inventory';
import type { Known } from '~/db/import/load/known';
import { label } from '~/db/import/rows/volume';

export interface View {
  inventory: Inventory;
  known: Known;
  /** All that come in, also those of which there will be no row. */
  drafts: readonly Draft[];
  servers: ReadonlyMap<string, DocumentOf<'server'>>;
  volumes: ReadonlyMap<string, DocumentOf<'volume'>>;
  /** Live drafts by volume. */
  draftsOfVolume: ReadonlyMap<string, readonly Draft[]>;
  serverName(id: string): string;
  volumeName(id: string): string;
}

export function viewOf(inventory: Inventory, known: Known, drafts: readonly Draft[]): View {
  const servers = new Map(inventory.of.server.map((each) => [each.id, each.value]));
  const volumes = new Map(inventory.of.volume.map((each) => [each.id, each.value]));
  return {
    inventory,
    known,
    drafts,
    servers,
    volumes,
    draftsOfVolume: byVolume(drafts.filter(isLive)),
    serverName: (id) => servers.get(id)?.name || known.servers.get(id) || id,
    volumeName: (id) => {
      const volume = volumes.get(id);
      return volume === undefined ? known.volumes.get(id)?.name || id : label(volume);
    },
  };
}

function byVolume(drafts: readonly Draft[]): Map<string, Draft[]> {
  const groups = new Map<string, Draft[]>();
  for (const draft of drafts) groups.set(draft.volumeId, [...(groups.get(draft.volumeId) ?? []), draft]);
  return groups;
}

/** Detached records have ended; some listings still show them. */
export function isLive(draft: Draft): boolean {
  return draft.storage?.status !== 'detached';
}
