/**
 * What running an operation needs.
 */
import type { DriverRegistry } from '~/server/drivers/registry';
import type { Runtime } from '~/server/services/runtime';

export interface WorkerDependencies {
  runtime: Runtime;
  drivers: DriverRegistry;
}
