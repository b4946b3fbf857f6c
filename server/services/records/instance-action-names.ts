/**
 * What the compute API calls an operation on a server, and the event it is told by; total, so that a new action is not
 * forgotten. null is for what leaves no trace there: actions of storage alone, and changes of the record alone.
 * Source: nova/compute/instance_actions.py, and the names of the methods that hosts run.
 */
import type { ActionName } from '~/server/domain/action';

export interface InstanceActionName {
  action: string;
  event: string;
}

function named(action: string, event: string): InstanceActionName {
  return { action, event };
}

export const INSTANCE_ACTIONS: Readonly<Record<ActionName, InstanceActionName | null>> = {
  'volume.attach': named('attach_volume', 'compute_attach_volume'),
  'volume.detach': named('detach_volume', 'compute_detach_volume'),
  'volume.extend': named('extend_volume', 'compute_extend_volume'),
  'attachment.tell-size': named('extend_volume', 'compute_extend_volume'),
  'attachment.swap': named('swap_volume', 'compute_swap_volume'),
  'server.create': named('create', 'compute__do_build_and_run_instance'),
  'server.delete': named('delete', 'compute_terminate_instance'),
  'server.soft-delete': named('delete', 'compute_soft_delete_instance'),
  'server.force-delete': named('delete', 'compute_terminate_instance'),
  'server.restore': named('restore', 'compute_restore_instance'),
  'server.start': named('start', 'compute_start_instance'),
  'server.stop': named('stop', 'compute_stop_instance'),
  'server.reboot-soft': named('reboot', 'compute_reboot_instance'),
  'server.reboot-hard': named('reboot', 'compute_reboot_instance'),
  'server.pause': named('pause', 'compute_pause_instance'),
  'server.unpause': named('unpause', 'compute_unpause_instance'),
  'server.suspend': named('suspend', 'compute_suspend_instance'),
  'server.resume': named('resume', 'compute_resume_instance'),
  'server.rescue': named('rescue', 'compute_rescue_instance'),
  'server.unrescue': named('unrescue', 'compute_unrescue_instance'),
  'server.shelve': named('shelve', 'compute_shelve_instance'),
  'server.shelve-offload': named('shelveOffload', 'compute_shelve_offload_instance'),
  'server.unshelve': named('unshelve', 'compute_unshelve_instance'),
  'server.resize': named('resize', 'compute_finish_resize'),
  'server.confirm-resize': named('confirmResize', 'compute_confirm_resize'),
  'server.revert-resize': named('revertResize', 'compute_finish_revert_resize'),
  'server.lock': named('lock', 'api_lock'),
  'server.unlock': named('unlock', 'api_unlock'),
  'server.reset-state': named('resetState', 'api_reset_state'),
  'server.update': null,
  'attachment.create': null,
  'attachment.update': null,
  'attachment.complete': null,
  'attachment.delete': null,
  'attachment.set-delete-on-termination': null,
  'volume.create': null,
  'volume.update': null,
  'volume.delete': null,
  'volume.force-delete': null,
  'volume.set-metadata': null,
  'volume.unset-metadata': null,
  'volume.complete-extend': null,
  'volume.reset-status': null,
  'volume.revert': null,
  'volume.set-image-metadata': null,
  'volume.unset-image-metadata': null,
  'volume.mark-attached': null,
  'volume.mark-detached': null,
  'volume.force-detach': null,
  'volume.unmanage': null,
  'volume.retype': null,
  'volume.migrate': null,
  'volume.complete-migration': null,
  'volume.set-bootable': null,
  'volume.upload-to-image': null,
  'volume.reserve': null,
  'volume.unreserve': null,
  'volume.begin-detaching': null,
  'volume.roll-detaching': null,
  'volume.initialize-connection': null,
  'volume.terminate-connection': null,
  'volume.set-readonly': null,
  'volume.reimage': null,
  'volume.create-transfer': null,
  'volume.delete-transfer': null,
  'volume.accept-transfer': null,
  'snapshot.create': null,
  'snapshot.update': null,
  'snapshot.delete': null,
  'snapshot.force-delete': null,
  'snapshot.reset-status': null,
  'snapshot.report': null,
  'snapshot.set-metadata': null,
  'snapshot.unset-metadata': null,
  'volume-type.create': null,
  'volume-type.update': null,
  'volume-type.delete': null,
  'volume-type.set-extra-specs': null,
  'volume-type.unset-extra-specs': null,
  'volume-type.add-access': null,
  'volume-type.remove-access': null,
  'volume-type.create-encryption': null,
  'volume-type.update-encryption': null,
  'volume-type.delete-encryption': null,
  'volume-type.associate-qos': null,
  'volume-type.disassociate-qos': null,
  'qos-specs.create': null,
  'qos-specs.update': null,
  'qos-specs.unset-keys': null,
  'qos-specs.disassociate-all': null,
  'qos-specs.delete': null,
  'quota.update': null,
  'quota.reset': null,
  'quota.update-defaults': null,
  'image.delete': null,
  'compute-service.enable': null,
  'compute-service.disable': null,
  'storage-service.enable': null,
  'storage-service.disable': null,
  'storage-service.freeze': null,
  'storage-service.thaw': null,
};

const UNTRACED = Object.entries(INSTANCE_ACTIONS).flatMap(([name, known]) => (known === null ? [name] : []));

/** Actions of ours that the compute API does not tell of. */
export function untraced(): string[] {
  return [...UNTRACED];
}

/** @param action of an operation; that of one that came from another cloud is a name of the compute API already */
export function instanceActionName(action: string): InstanceActionName {
  const known = (INSTANCE_ACTIONS as Readonly<Record<string, InstanceActionName | null | undefined>>)[action];
  return known ?? { action, event: `compute_${action.replaceAll('-', '_')}` };
}
