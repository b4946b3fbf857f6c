/**
 * Every call that a driver knows, by name: what the simulator can be told to fail.
 */
import { DISK_CALLS, type DiskCall } from './connection';
import { HOST_CALLS, type HostCall, STORAGE_CALLS, type StorageCall } from './driver-task';
import { POWER_CALLS, type PowerCall } from './server-action';

export const DRIVER_CALLS = [...DISK_CALLS, ...POWER_CALLS, ...STORAGE_CALLS, ...HOST_CALLS] as const;
export type DriverCall = DiskCall | PowerCall | StorageCall | HostCall;
