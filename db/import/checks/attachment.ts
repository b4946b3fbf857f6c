/**
 * What can be wrong with an attachment as such. Conflicts between several are found by the quarantine.
 */
import type { Draft } from '~/db/import/attachments/join';
import { statusBreaches } from '~/db/import/rows/attachment';
import type { Breach } from '~/db/import/rules';
import { isLive, type View } from './view';

export function checkAttachments(view: View): Breach[] {
  return view.drafts.flatMap((draft) => [
    ...statusBreaches(draft, view.volumeName(draft.volumeId)),
    ...(isLive(draft)
      ? [...checkSides(draft, view), ...checkReservation(draft, view), ...checkMode(draft, view)]
      : []),
  ]);
}

function about(draft: Draft): Pick<Breach, 'kind' | 'objectId' | 'volumeId' | 'instanceId'> {
  const instanceId = draft.storage?.instanceId ?? draft.compute?.serverId;
  return {
    kind: 'attachment',
    objectId: draft.id,
    volumeId: draft.volumeId,
    ...(instanceId == null ? {} : { instanceId }),
  };
}

function checkSides(draft: Draft, view: View): Breach[] {
  const { storage, compute } = draft;
  const volume = view.volumeName(draft.volumeId);
  if (draft.split) return [];
  if (storage === null && compute !== null) {
    const message = `Server ${view.serverName(compute.serverId)} has volume ${volume} as ${compute.device ?? 'a disk without a name'}; the storage side has no such attachment.`;
    return [{ ...about(draft), rule: 'attachment.no-storage-side', message }];
  }
  if (storage === null || compute !== null) return [];
  const { instanceId, status } = storage;
  if (instanceId === null) {
    const host = draft.listed?.host_name ?? null;
    const message = `Volume ${volume} is ${status} for ${host === null ? 'nobody' : `host ${host}`}, not for a server.`;
    return [{ ...about(draft), rule: 'attachment.no-instance', message }];
  }
  if (!view.servers.has(instanceId) && !view.known.servers.has(instanceId)) {
    const host = draft.listed?.host_name ?? null;
    const message = `Volume ${volume} is ${status} for instance ${instanceId}${host === null ? '' : ` on host ${host}`}, which is no server here.`;
    return [{ ...about(draft), rule: 'attachment.instance-unknown', message }];
  }
  const message = `Volume ${volume} is ${status} for server ${view.serverName(instanceId)}, which has no such disk.`;
  return [{ ...about(draft), rule: 'attachment.no-compute-side', message }];
}

/**
 * A reservation waits for a connector, which a server on a host gives within seconds. A shelved-offloaded server has no
 * host: its volumes stay reserved, and that is sound.
 */
function checkReservation(draft: Draft, view: View): Breach[] {
  const { storage } = draft;
  if (storage?.status !== 'reserved' || storage.instanceId === null) return [];
  const server = view.servers.get(storage.instanceId);
  if (server === undefined || server['OS-EXT-SRV-ATTR:host'] === null) return [];
  if (Object.keys(storage.connectionInfo).length > 0) return [];
  const message = `Volume ${view.volumeName(draft.volumeId)} is reserved for server ${server.name}, which is ${server.status} on host ${server['OS-EXT-SRV-ATTR:host']}, and has never been connected.`;
  return [{ ...about(draft), rule: 'attachment.reservation-idle', message }];
}

function checkMode(draft: Draft, view: View): Breach[] {
  const exported = draft.storage?.connectionInfo.access_mode;
  const mode = draft.storage?.mode;
  if (typeof exported !== 'string' || mode == null || mode === 'null' || exported === mode) return [];
  const message = `Volume ${view.volumeName(draft.volumeId)} is attached ${mode}, but exported ${exported}.`;
  return [{ ...about(draft), rule: 'attachment.mode-differs', message }];
}
