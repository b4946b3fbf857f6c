/**
 * Which attachments break what the database forbids. The soundest record of each conflict keeps its place, so that the
 * rule goes on guarding against the next one; the others are exempt from it, and say why.
 */
import type { Holder } from '~/db/import/load/known';
import type { Breach, RuleId } from '~/db/import/rules';
import { deviceLetters } from '~/server/domain/device';
import type { Draft } from './join';

interface Names {
  volume(id: string): string;
  server(id: string): string;
}

/**
 * @param drafts attachments that come in and will be live
 * @param holders live attachments that are there already: they came first
 * @param multiattach whether the volume may be held by several instances
 * @returns why, by attachment id, and a breach for each
 */
export function quarantine(
  drafts: readonly Draft[],
  holders: readonly Holder[],
  multiattach: (volumeId: string) => boolean,
  names: Names,
): { reasons: Map<string, string>; breaches: Breach[] } {
  const reasons = new Map<string, string>();
  const breaches: Breach[] = [];
  const sound = soundClaims(holders);
  for (const draft of drafts.filter((each) => each.split)) {
    reasons.set(draft.id, 'Its two sides name different volumes or servers.');
  }
  for (const draft of drafts.filter((each) => !each.split).sort(soundestFirst)) {
    const claim = claimOf(draft);
    const conflict = conflictOf(claim, sound, multiattach(claim.volumeId), names);
    if (conflict === null) {
      sound.add(claim);
      continue;
    }
    reasons.set(draft.id, conflict.message);
    breaches.push({
      ...conflict,
      kind: 'attachment',
      objectId: draft.id,
      volumeId: draft.volumeId,
      ...(claim.instanceId === null ? {} : { instanceId: claim.instanceId }),
    });
  }
  return { reasons, breaches };
}

/** Claims that nothing speaks against, to be looked up from either side. */
interface SoundClaims {
  add(claim: Holder): void;
  onVolume(volumeId: string): readonly Holder[];
  onServer(serverId: string): readonly Holder[];
}

function soundClaims(holders: readonly Holder[]): SoundClaims {
  const byVolume = new Map<string, Holder[]>();
  const byServer = new Map<string, Holder[]>();
  const put = (index: Map<string, Holder[]>, key: string, claim: Holder) => {
    const claims = index.get(key);
    if (claims === undefined) index.set(key, [claim]);
    else claims.push(claim);
  };
  const claims: SoundClaims = {
    add(claim) {
      put(byVolume, claim.volumeId, claim);
      if (claim.serverId !== null) put(byServer, claim.serverId, claim);
    },
    onVolume: (volumeId) => byVolume.get(volumeId) ?? [],
    onServer: (serverId) => byServer.get(serverId) ?? [],
  };
  for (const holder of holders) claims.add(holder);
  return claims;
}

function claimOf(draft: Draft): Holder {
  return {
    id: draft.id,
    volumeId: draft.volumeId,
    instanceId: draft.storage?.instanceId ?? draft.compute?.serverId ?? null,
    serverId: draft.compute?.serverId ?? null,
    device: draft.compute?.device ?? null,
  };
}

/** Both sides before one, attached before reserved, older before younger. */
function soundestFirst(a: Draft, b: Draft): number {
  return weight(b) - weight(a) || age(a) - age(b) || (a.id < b.id ? -1 : 1);
}

function weight(draft: Draft): number {
  const bothSides = draft.storage !== null && draft.compute !== null;
  return (bothSides ? 2 : 0) + (draft.storage?.status === 'attached' ? 1 : 0);
}

function age(draft: Draft): number {
  return draft.storage?.attachedAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function conflictOf(
  claim: Holder,
  sound: SoundClaims,
  multiattach: boolean,
  names: Names,
): { rule: RuleId; message: string } | null {
  const volume = names.volume(claim.volumeId);
  const who = (each: Holder) => (each.instanceId === null ? 'no instance' : names.server(each.instanceId));
  const sameVolume = sound.onVolume(claim.volumeId);
  const holder = sameVolume.find((each) => (each.instanceId ?? each.id) !== (claim.instanceId ?? claim.id));
  if (!multiattach && holder !== undefined) {
    const message = `Volume ${volume} is not multiattach, yet held for ${who(holder)} by attachment ${holder.id} and for ${who(claim)} by this one.`;
    return { rule: 'attachment.held-twice', message };
  }
  if (claim.serverId === null) return null;
  const pair = sameVolume.find((each) => each.serverId === claim.serverId);
  if (pair !== undefined) {
    const message = `Volume ${volume} is on server ${who(claim)} a second time; the first is attachment ${pair.id}.`;
    return { rule: 'attachment.duplicate-pair', message };
  }
  const sameDevice = sound.onServer(claim.serverId).find((each) => sameLetters(each, claim));
  if (sameDevice === undefined) return null;
  const message = `Server ${who(claim)} has ${claim.device} for volume ${volume}, but ${sameDevice.device} is volume ${names.volume(sameDevice.volumeId)} already.`;
  return { rule: 'attachment.duplicate-device', message };
}

function sameLetters(one: Holder, other: Holder): boolean {
  return (
    one.device !== null && other.device !== null && deviceLetters(one.device) === deviceLetters(other.device)
  );
}
