/**
 * What an import looks for: every invariant with its stable id, how serious a breach is, and how a row that breaks it is
 * kept. Ids are never reused for another meaning.
 */

/** `problem`: somebody must look. `notice`: sound, or nothing to be done here, but worth knowing. */
export type Severity = 'problem' | 'notice';

interface Rule {
  severity: Severity;
  title: string;
  /** How such a row is kept. */
  kept: string;
}

const AS_IT_CAME = 'as it came';
const DOCUMENT_ONLY = 'as a document only, there is no row for it';
const QUARANTINED = 'as it came, exempt from the rule it breaks (quarantined)';

function problem(title: string, kept = AS_IT_CAME): Rule {
  return { severity: 'problem', title, kept };
}

function notice(title: string, kept = AS_IT_CAME): Rule {
  return { severity: 'notice', title, kept };
}

export const RULES = {
  'attachment.no-compute-side': problem('Attachments without a disk on their server', 'storage side only'),
  'attachment.no-storage-side': problem('Disks that the storage side knows nothing of', 'compute side only'),
  'attachment.instance-unknown': problem(
    'Attachments to an instance that is no server here',
    'storage side only, with the id of the instance',
  ),
  'attachment.no-instance': notice('Attachments to no instance at all', 'storage side only'),
  'attachment.sides-disagree': problem(
    'Attachments whose two sides name different volumes or servers',
    'as two quarantined records, one a side',
  ),
  'attachment.volume-unknown': problem('Attachments of a volume that is not here', DOCUMENT_ONLY),
  'attachment.server-unknown': problem(
    'Disks of a server that is not here',
    'without a compute side; its document is kept',
  ),
  'attachment.held-twice': problem('Single-attach volumes held for a second instance', QUARANTINED),
  'attachment.duplicate-pair': problem('The same volume twice on one server', QUARANTINED),
  'attachment.duplicate-device': problem('Two disks with one device letter', QUARANTINED),
  'attachment.reservation-idle': problem('Reservations without a connector, though the server is on a host'),
  'attachment.stuck': problem('Attachments in progress, with nothing here that works on them'),
  'attachment.in-error': problem('Attachments in error'),
  'attachment.mode-differs': problem('Attachments exported in another mode than they say'),
  'attachment.status-unknown': problem('Attachments with a status unknown here', 'as error_detaching'),
  'attachment.already-detached': notice('Detached attachments that were still listed', 'as a deleted record'),
  'attachment.only-in-volume': problem(
    'Attachments that only the volume itself lists',
    'as an attached record, without connection info',
  ),
  'attachment.no-longer-listed': notice(
    'Attachments of an earlier import that are gone from the source',
    'as a deleted record',
  ),
  'volume.status-differs': problem('Volumes whose status is not what their attachments imply'),
  'volume.stuck': problem('Volumes in progress, with nothing here that works on them'),
  'volume.in-error': problem('Volumes in error'),
  'volume.swap-half-way': problem('Swaps that stopped half-way'),
  'volume.migration-residue': problem('Volumes with a migration that has not ended'),
  'volume.several-writers': notice('Multiattach volumes with several writers'),
  'volume.pool-unknown': problem('Volumes in a pool that does not report itself'),
  'volume.type-unknown': problem('Volumes of a type that is not here', 'with a placeholder for the type'),
  'volume.no-size': problem('Volumes without a size', 'with a size of 1 GiB'),
  'volume.status-unknown': problem('Volumes with a status unknown here', 'as error: nothing may act on it'),
  'volume.migration-unknown': problem(
    'Volumes with a migration status unknown here',
    'as migrating: nothing may detach it',
  ),
  'volume.transfer-missing': problem('Volumes that await a transfer nobody offers'),
  'snapshot.volume-unknown': problem('Snapshots of a volume that is not here', DOCUMENT_ONLY),
  'snapshot.in-error': problem('Snapshots in error'),
  'snapshot.status-unknown': problem('Snapshots with a status unknown here', 'as error'),
  'transfer.volume-unknown': problem('Transfers of a volume that is not here', DOCUMENT_ONLY),
  'transfer.project-unknown': problem('Transfers from a project that is not here', DOCUMENT_ONLY),
  'server.in-error': problem('Servers in error'),
  'server.host-unknown': problem(
    'Servers on a host that does not report itself',
    'with a placeholder for the host, which counts as down',
  ),
  'server.state-unknown': problem(
    'Servers in a state unknown here',
    'in vm_state error: nothing may act on it',
  ),
  'server.status-differs': notice(
    'Servers whose status is not what their states give',
    'with the status that the states give',
  ),
  'server.image-unknown': notice('Servers from an image that is not here'),
  'server.flavor-unknown': problem('Servers of a flavor that is not here', 'with a flavor without sizes'),
  'server.volume-list-differs': problem(
    'Servers whose own volume list is not that of their attachments',
    'as their attachments say',
  ),
  'host.down': problem('Compute hosts that are down, with servers on them'),
  'quota.usage-differs': notice('Quota usage that is not what is there', DOCUMENT_ONLY),
  'image.owner-unknown': notice('Images of a project that is not here'),
  'flavor.id-taken': problem(
    'Flavors whose id has another meaning here',
    'as a document only; its servers carry their sizes themselves',
  ),
  'project.unknown': problem(
    'Projects that others refer to, but that are not here',
    'as a disabled placeholder',
  ),
  'project.name-taken': notice('Projects whose name is taken', 'under a longer name'),
  'user.unknown': problem('Users that others refer to, but that are not here', 'as a disabled placeholder'),
  'user.name-taken': notice('Users whose name is taken', 'under a longer name'),
  'volume-type.name-taken': notice('Volume types whose name is taken', 'under a longer name'),
  'volume-type.qos-left-out': notice(
    'Volume types with QoS specs, which do not come in',
    'without quality of service; their documents are kept',
  ),
  'volume-type.access-to-unknown': notice('Access to volume types that are not here', DOCUMENT_ONLY),
  'role-assignment.role-unknown': notice('Assignments of a role without a meaning here', DOCUMENT_ONLY),
  'role-assignment.scope-unsupported': notice('Assignments to a group, domain or system', DOCUMENT_ONLY),
  'action.failed': notice('Actions that had failed', 'as a failed operation'),
  'document.incomplete': problem('Lists that go on in a page that is not here', 'what is here came in'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

/** One row that breaks one invariant. */
export interface Finding {
  rule: RuleId;
  /** Noun of what breaks it: `volume`, `attachment`, `server` … */
  kind: string;
  objectId: string;
  volumeId?: string;
  instanceId?: string;
  /** One sentence, with names. */
  message: string;
  kept: string;
}

/** A finding as a check states it; how the row is kept is the rule's. */
export type Breach = Omit<Finding, 'kept'>;

/** @returns the finding, with what the rule says on how such rows are kept */
export function findingOf(breach: Breach): Finding {
  return { ...breach, kept: RULES[breach.rule].kept };
}
