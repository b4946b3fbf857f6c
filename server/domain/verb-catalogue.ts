/**
 * The verbs of the engine by name: what each is called, and under which policy. Apart from the verbs themselves, so that
 * a refusal can name any of them as its remedy.
 */
import type { PolicyName } from './policy';

interface CatalogueEntry {
  label: string;
  /** In a sentence: "Extending data-1". */
  gerund: string;
  policy: PolicyName;
  /** Takes something away that nothing brings back by itself. */
  danger: boolean;
}

function entry<const Policy extends PolicyName>(
  label: string,
  gerund: string,
  policy: Policy,
  danger = false,
) {
  return { label, gerund, policy, danger } as const;
}

export const VERB_ACTIONS = {
  'volume.create': entry('Create volume', 'Creating', 'volume:create'),
  'volume.update': entry('Edit', 'Editing', 'volume:update'),
  'volume.delete': entry('Delete', 'Deleting', 'volume:delete', true),
  'volume.force-delete': entry(
    'Force delete',
    'Deleting',
    'volume_extension:volume_admin_actions:force_delete',
    true,
  ),
  'volume.set-metadata': entry('Set metadata', 'Setting metadata of', 'volume:update_volume_metadata'),
  'volume.unset-metadata': entry('Remove metadata', 'Removing metadata of', 'volume:delete_volume_metadata'),
  'volume.extend': entry('Extend', 'Extending', 'volume:extend'),
  'volume.complete-extend': entry(
    'Complete extend',
    'Completing the extend of',
    'volume_extension:volume_admin_actions:extend_volume_completion',
  ),
  'volume.reset-status': entry(
    'Reset status',
    'Resetting',
    'volume_extension:volume_admin_actions:reset_status',
    true,
  ),
  'volume.revert': entry('Revert to snapshot', 'Reverting', 'volume:revert_to_snapshot', true),
  'volume.set-image-metadata': entry(
    'Set image metadata',
    'Setting image metadata of',
    'volume_extension:volume_image_metadata:set',
  ),
  'volume.unset-image-metadata': entry(
    'Remove image metadata',
    'Removing image metadata of',
    'volume_extension:volume_image_metadata:remove',
  ),
  'volume.mark-attached': entry(
    'Mark attached',
    'Marking as attached',
    'volume_extension:volume_actions:attach',
  ),
  'volume.mark-detached': entry(
    'Mark detached',
    'Marking as detached',
    'volume_extension:volume_actions:detach',
    true,
  ),
  'volume.force-detach': entry(
    'Force detach',
    'Force-detaching',
    'volume_extension:volume_admin_actions:force_detach',
    true,
  ),
  'volume.unmanage': entry('Unmanage', 'Unmanaging', 'volume_extension:volume_unmanage', true),
  'volume.retype': entry('Change type', 'Changing the type of', 'volume:retype'),
  'volume.migrate': entry('Migrate', 'Migrating', 'volume_extension:volume_admin_actions:migrate_volume'),
  'volume.complete-migration': entry(
    'Complete migration',
    'Completing the migration of',
    'volume_extension:volume_admin_actions:migrate_volume_completion',
  ),
  'volume.set-bootable': entry('Set bootable', 'Setting bootable of', 'volume:update'),
  'volume.upload-to-image': entry(
    'Upload to image',
    'Uploading',
    'volume_extension:volume_actions:upload_image',
  ),
  'volume.reserve': entry('Reserve', 'Reserving', 'volume_extension:volume_actions:reserve'),
  'volume.unreserve': entry('Unreserve', 'Unreserving', 'volume_extension:volume_actions:unreserve'),
  'volume.begin-detaching': entry(
    'Begin detaching',
    'Beginning to detach',
    'volume_extension:volume_actions:begin_detaching',
  ),
  'volume.roll-detaching': entry(
    'Roll back detaching',
    'Rolling back the detach of',
    'volume_extension:volume_actions:roll_detaching',
  ),
  'volume.initialize-connection': entry(
    'Initialize connection',
    'Connecting',
    'volume_extension:volume_actions:initialize_connection',
  ),
  'volume.terminate-connection': entry(
    'Terminate connection',
    'Disconnecting',
    'volume_extension:volume_actions:terminate_connection',
    true,
  ),
  'volume.set-readonly': entry('Set read-only', 'Setting read-only of', 'volume:update_readonly_flag'),
  'volume.reimage': entry('Reimage', 'Reimaging', 'volume:reimage', true),
  'volume.create-transfer': entry('Offer to another project', 'Offering', 'volume:create_transfer'),
  'volume.delete-transfer': entry('Withdraw the offer', 'Withdrawing the offer of', 'volume:delete_transfer'),
  'volume.accept-transfer': entry('Accept a transfer', 'Accepting', 'volume:accept_transfer'),
  'attachment.create': entry('Create attachment', 'Creating an attachment of', 'volume:attachment_create'),
  'attachment.update': entry('Connect', 'Connecting', 'volume:attachment_update'),
  'attachment.complete': entry('Complete', 'Completing', 'volume:attachment_complete'),
  'attachment.delete': entry(
    'Delete attachment',
    'Deleting an attachment of',
    'volume:attachment_delete',
    true,
  ),
  'attachment.set-delete-on-termination': entry(
    'Delete with server',
    'Changing the fate of',
    'os_compute_api:os-volumes-attachments:update',
  ),
  'attachment.swap': entry('Swap volume', 'Swapping', 'os_compute_api:os-volumes-attachments:swap'),
  'attachment.tell-size': entry(
    'Tell new size',
    'Telling the new size of',
    'os_compute_api:os-server-external-events:create',
  ),
  'snapshot.create': entry('Create snapshot', 'Creating a snapshot of', 'volume:create_snapshot'),
  'snapshot.update': entry('Edit', 'Editing', 'volume:update_snapshot'),
  'snapshot.delete': entry('Delete', 'Deleting', 'volume:delete_snapshot', true),
  'snapshot.force-delete': entry(
    'Force delete',
    'Deleting',
    'volume_extension:snapshot_admin_actions:force_delete',
    true,
  ),
  'snapshot.reset-status': entry(
    'Reset status',
    'Resetting',
    'volume_extension:snapshot_admin_actions:reset_status',
    true,
  ),
  'snapshot.report': entry(
    'Report status',
    'Reporting on',
    'snapshot_extension:snapshot_actions:update_snapshot_status',
  ),
  'snapshot.set-metadata': entry('Set metadata', 'Setting metadata of', 'volume:update_snapshot_metadata'),
  'snapshot.unset-metadata': entry(
    'Remove metadata',
    'Removing metadata of',
    'volume:delete_snapshot_metadata',
  ),
  'volume-type.create': entry('Create volume type', 'Creating', 'volume_extension:type_create'),
  'volume-type.update': entry('Edit', 'Editing', 'volume_extension:type_update'),
  'volume-type.delete': entry('Delete', 'Deleting', 'volume_extension:type_delete', true),
  'volume-type.set-extra-specs': entry(
    'Set extra specs',
    'Setting extra specs of',
    'volume_extension:types_extra_specs:create',
  ),
  'volume-type.unset-extra-specs': entry(
    'Remove extra specs',
    'Removing extra specs of',
    'volume_extension:types_extra_specs:delete',
  ),
  'volume-type.add-access': entry(
    'Grant access',
    'Granting access to',
    'volume_extension:volume_type_access:addProjectAccess',
  ),
  'volume-type.remove-access': entry(
    'Revoke access',
    'Revoking access to',
    'volume_extension:volume_type_access:removeProjectAccess',
  ),
  'volume-type.create-encryption': entry(
    'Encrypt volumes',
    'Encrypting volumes of',
    'volume_extension:volume_type_encryption:create',
  ),
  'volume-type.update-encryption': entry(
    'Change encryption',
    'Changing the encryption of',
    'volume_extension:volume_type_encryption:update',
  ),
  'volume-type.delete-encryption': entry(
    'Remove encryption',
    'Removing the encryption of',
    'volume_extension:volume_type_encryption:delete',
    true,
  ),
  'volume-type.associate-qos': entry(
    'Set quality of service',
    'Setting the quality of service of',
    'volume_extension:qos_specs_manage:update',
  ),
  'volume-type.disassociate-qos': entry(
    'Remove quality of service',
    'Removing the quality of service of',
    'volume_extension:qos_specs_manage:update',
  ),
  'qos-specs.create': entry('Create QoS specs', 'Creating', 'volume_extension:qos_specs_manage:create'),
  'qos-specs.update': entry('Edit', 'Editing', 'volume_extension:qos_specs_manage:update'),
  'qos-specs.unset-keys': entry(
    'Remove keys',
    'Removing keys of',
    'volume_extension:qos_specs_manage:delete',
  ),
  'qos-specs.disassociate-all': entry(
    'Take away from all types',
    'Taking away from all types',
    'volume_extension:qos_specs_manage:update',
  ),
  'qos-specs.delete': entry('Delete', 'Deleting', 'volume_extension:qos_specs_manage:delete', true),
  'quota.update': entry('Change quota', 'Changing the quota of', 'volume_extension:quotas:update'),
  'quota.reset': entry('Reset quota', 'Resetting the quota of', 'volume_extension:quotas:delete', true),
  'quota.update-defaults': entry(
    'Change default quotas',
    'Changing the default quotas',
    'volume_extension:quota_classes:update',
  ),
  'image.delete': entry('Delete', 'Deleting', 'delete_image', true),
  'compute-service.enable': entry('Enable', 'Enabling', 'os_compute_api:os-services:update'),
  'compute-service.disable': entry('Disable', 'Disabling', 'os_compute_api:os-services:update'),
  'storage-service.enable': entry('Enable', 'Enabling', 'volume_extension:services:update'),
  'storage-service.disable': entry('Disable', 'Disabling', 'volume_extension:services:update'),
  'storage-service.freeze': entry('Freeze', 'Freezing', 'volume:freeze_host'),
  'storage-service.thaw': entry('Thaw', 'Thawing', 'volume:thaw_host'),
  'server.start': entry('Start', 'Starting', 'os_compute_api:servers:start'),
  'server.stop': entry('Stop', 'Stopping', 'os_compute_api:servers:stop', true),
  'server.reboot-soft': entry('Reboot', 'Rebooting', 'os_compute_api:servers:reboot'),
  'server.reboot-hard': entry('Hard reboot', 'Rebooting', 'os_compute_api:servers:reboot', true),
  'server.pause': entry('Pause', 'Pausing', 'os_compute_api:os-pause-server:pause'),
  'server.unpause': entry('Unpause', 'Unpausing', 'os_compute_api:os-pause-server:unpause'),
  'server.suspend': entry('Suspend', 'Suspending', 'os_compute_api:os-suspend-server:suspend'),
  'server.resume': entry('Resume', 'Resuming', 'os_compute_api:os-suspend-server:resume'),
  'server.rescue': entry('Rescue', 'Rescuing', 'os_compute_api:os-rescue'),
  'server.unrescue': entry('Unrescue', 'Unrescuing', 'os_compute_api:os-unrescue'),
  'server.lock': entry('Lock', 'Locking', 'os_compute_api:os-lock-server:lock'),
  'server.unlock': entry('Unlock', 'Unlocking', 'os_compute_api:os-lock-server:unlock'),
  'server.reset-state': entry(
    'Reset state',
    'Resetting',
    'os_compute_api:os-admin-actions:reset_state',
    true,
  ),
  'server.create': entry('Create server', 'Creating', 'os_compute_api:servers:create'),
  'server.update': entry('Edit', 'Editing', 'os_compute_api:servers:update'),
  'server.delete': entry('Delete', 'Deleting', 'os_compute_api:servers:delete', true),
  'server.soft-delete': entry('Soft delete', 'Deleting', 'os_compute_api:servers:delete', true),
  'server.force-delete': entry('Force delete', 'Deleting', 'os_compute_api:os-deferred-delete:force', true),
  'server.restore': entry('Restore', 'Restoring', 'os_compute_api:os-deferred-delete:restore'),
  'server.shelve': entry('Shelve', 'Shelving', 'os_compute_api:os-shelve:shelve'),
  'server.shelve-offload': entry('Shelve-offload', 'Offloading', 'os_compute_api:os-shelve:shelve_offload'),
  'server.unshelve': entry('Unshelve', 'Unshelving', 'os_compute_api:os-shelve:unshelve'),
  'server.resize': entry('Resize', 'Resizing', 'os_compute_api:servers:resize'),
  'server.confirm-resize': entry(
    'Confirm resize',
    'Confirming the resize of',
    'os_compute_api:servers:confirm_resize',
  ),
  'server.revert-resize': entry(
    'Revert resize',
    'Reverting the resize of',
    'os_compute_api:servers:revert_resize',
  ),
} as const satisfies Record<string, CatalogueEntry>;
export type VerbName = keyof typeof VERB_ACTIONS;

/** In the order in which menus and documents show them. */
export const VERB_NAMES = Object.keys(VERB_ACTIONS) as VerbName[];
