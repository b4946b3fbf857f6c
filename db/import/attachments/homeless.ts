/**
 * Attachments of things that are not here. A record needs its volume, a compute side its server.
 */
import type { View } from '~/db/import/checks/view';
import type { Breach } from '~/db/import/rules';
import type { Draft } from './join';

/** @returns the drafts that can be kept as rows, and a breach for each side that cannot */
export function dropHomeless(view: View): { drafts: Draft[]; breaches: Breach[] } {
  const breaches: Breach[] = [];
  const drafts = view.drafts.flatMap((draft) => {
    const instanceId = draft.storage?.instanceId ?? draft.compute?.serverId;
    const about = {
      kind: 'attachment',
      objectId: draft.id,
      volumeId: draft.volumeId,
      ...(instanceId == null ? {} : { instanceId }),
    };
    if (!view.volumes.has(draft.volumeId) && !view.known.volumes.has(draft.volumeId)) {
      const message = `Attachment ${draft.id} is of volume ${draft.volumeId}, which is not here.`;
      breaches.push({ ...about, rule: 'attachment.volume-unknown', message });
      return [];
    }
    const serverId = draft.compute?.serverId;
    if (serverId === undefined || view.servers.has(serverId) || view.known.servers.has(serverId))
      return [draft];
    const message = `Volume ${view.volumeName(draft.volumeId)} is a disk of server ${serverId}, which is not here.`;
    breaches.push({ ...about, rule: 'attachment.server-unknown', message });
    return draft.storage === null ? [] : [{ ...draft, compute: null }];
  });
  return { drafts, breaches };
}
