/**
 * From an operation's work to the disk its driver calls are about.
 */
import { type Disk, DriverError } from '~/server/drivers/driver';
import type { DiskWork } from '~/server/services/disk-work';

/**
 * @throws DriverError when the server has lost its host meanwhile: nothing can reach the disk then
 */
export function diskOf(work: DiskWork): Disk {
  const { host } = work.server;
  if (host === null)
    throw new DriverError(`Server ${work.server.name} is on no host any more.`, { retryable: false });
  return {
    server: { ...work.server, host },
    volume: work.volume,
    attachmentId: work.attachment.id,
    device: work.attachment.device,
    mode: work.attachment.mode,
  };
}
