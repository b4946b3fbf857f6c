/**
 * A connector as verbs see it, and the mode an attachment gets.
 *
 * Whoever calls a verb checks the connector's shape first (it must name its `host`, and an `initiator` or whatever its
 * protocol goes by) and seals it: an input field `connector` holds `{ sealed, host, mode?, mountpoint? }`. An empty
 * connector stands for none and is left out.
 */
import type { AttachMode } from '../attachment';
import type { Json } from '../connection';
import type { VolumeRecord } from '../engine/world';

export interface SealedConnector {
  sealed: string;
  host: string | null;
  mode: AttachMode | null;
  /** Where the host has it, as it says itself. */
  mountpoint: string | null;
}

/** Of an attachment whose host does not say where it has the volume (cinder volume/manager.py, attachment_update). */
export const NO_MOUNTPOINT = 'na';

type Document = { readonly [key: string]: Json };

/** @returns null when none was given */
export function connectorOf(document: Document | undefined): SealedConnector | null {
  if (document === undefined) return null;
  const { sealed, host, mode, mountpoint } = document;
  return {
    sealed: typeof sealed === 'string' ? sealed : '',
    host: typeof host === 'string' && host !== '' ? host : null,
    mode: mode === 'rw' || mode === 'ro' ? mode : null,
    mountpoint: typeof mountpoint === 'string' && mountpoint !== '' ? mountpoint : null,
  };
}

/**
 * Cinder's precedence, as its documents have it: a read-only volume, then what is asked for, then a connector that does
 * not mean to write. Upstream takes any text of the read-only flag for yes, and forgets the connector's mode on creation.
 * @returns null as long as nobody has chosen: it may then be written to, and a later connector can choose
 */
export function modeOnCreate(
  volume: Pick<VolumeRecord, 'readonly'>,
  asked: AttachMode | null,
  connector: SealedConnector | null,
): AttachMode | null {
  if (volume.readonly) return 'ro';
  return asked ?? (connector?.mode === 'ro' ? 'ro' : null);
}

/** @param stored what the attachment has had so far; it counts more than the connector */
export function modeOnConnect(
  volume: Pick<VolumeRecord, 'readonly'>,
  stored: AttachMode | null,
  connector: SealedConnector,
): AttachMode {
  return stored ?? (volume.readonly ? 'ro' : (connector.mode ?? 'rw'));
}
