/**
 * A cloud in memory that remembers what it exports and which guest has which disk, so that a test can ask whether the
 * database tells the truth. It fails or stops where it is told to, before a call has had its effect or after.
 */
import type { ConnectionInfo, Connector } from '~/server/domain/connection';
import type { DriverCall } from '~/server/domain/driver-call';
import { type Disk, type Driver, DriverError } from '~/server/drivers/driver';
import type { DriverRegistry } from '~/server/drivers/registry';

/** What happens to the next call of that name. */
export interface Trouble {
  call: DriverCall;
  /** `after`: the effect is there, only the answer is lost. */
  moment: 'before' | 'after';
  /** `hang`: no answer comes until {@link ModelCloud.wake}, as from a worker that was killed. */
  kind: 'fails' | 'fails for now' | 'hang';
}

export interface ModelCloud extends DriverRegistry {
  driver: Driver;
  /** Ids of the attachments whose volume is exported. */
  exported: Set<string>;
  /** Ids of the attachments whose guest has the disk. */
  guestDisks: Set<string>;
  /** Calls so far, in order. */
  calls: DriverCall[];
  plan(...trouble: Trouble[]): void;
  /** Settles when a call hangs. */
  hanging(): Promise<void>;
  /** Lets the calls that hang go on. */
  wake(): void;
}

/** Something that happens once, and those who wait for it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export function modelCloud(): ModelCloud {
  const exported = new Set<string>();
  const guestDisks = new Set<string>();
  /** Whose guest it is, by attachment. */
  const serverOf = new Map<string, string>();
  const calls: DriverCall[] = [];
  const planned: Trouble[] = [];
  const [hung, woken] = [gate(), gate()];

  async function act<Answer>(call: DriverCall, effect: () => Answer): Promise<Answer> {
    calls.push(call);
    const index = planned.findIndex((each) => each.call === call);
    const [trouble] = index < 0 ? [] : planned.splice(index, 1);
    // A real call takes time; others go on meanwhile.
    await new Promise(setImmediate);
    if (trouble === undefined) return effect();
    if (trouble.moment === 'after') {
      const answer = effect();
      await happen(trouble);
      return answer;
    }
    await happen(trouble);
    return effect();
  }

  async function happen({ call, kind }: Trouble): Promise<void> {
    if (kind !== 'hang')
      throw new DriverError(`${call} did not work.`, { retryable: kind === 'fails for now' });
    hung.open();
    await woken.opened;
  }

  function moveDisk(from: string, to: string): void {
    if (!exported.has(to)) throw new DriverError('No path to the new volume.', { retryable: false });
    guestDisks.delete(from);
    guestDisks.add(to);
  }

  const driver: Driver = {
    getConnector: (disk) => act('getConnector', () => connectorOf(disk)),
    initializeConnection: (disk) =>
      act('initializeConnection', () => {
        exported.add(disk.attachmentId);
        return connectionOf(disk);
      }),
    attachDevice: (disk) =>
      act('attachDevice', () => {
        if (!exported.has(disk.attachmentId))
          throw new DriverError(`No path to volume ${disk.volume.name}.`, { retryable: false });
        guestDisks.add(disk.attachmentId);
        serverOf.set(disk.attachmentId, disk.server.id);
      }),
    detachDevice: (disk) => act('detachDevice', () => void guestDisks.delete(disk.attachmentId)),
    terminateConnection: (disk) =>
      act('terminateConnection', () => {
        if (guestDisks.has(disk.attachmentId))
          throw new DriverError(`Volume ${disk.volume.name} is in use by a guest.`, { retryable: false });
        exported.delete(disk.attachmentId);
      }),
    changePower: (_server, call) => act(call, () => undefined),
    changeVolume: (_volume, call) => act(call, () => null),
    changeServer: (server, call, args) =>
      act(call, () => {
        // A guest that is gone holds nothing.
        if (call === 'destroy' || call === 'offload') {
          for (const id of guestDisks) if (serverOf.get(id) === server.id) guestDisks.delete(id);
        }
        if (call === 'swapDevice') moveDisk(String(args.fromAttachmentId), String(args.toAttachmentId));
        return null;
      }),
  };

  return {
    driver,
    driverFor: () => driver,
    driverOfHost: () => driver,
    driverOfPool: () => driver,
    exported,
    guestDisks,
    calls,
    plan: (...trouble) => void planned.push(...trouble),
    hanging: () => hung.opened,
    wake: woken.open,
  };
}

function connectorOf({ server }: Disk): Connector {
  return {
    host: server.host,
    ip: '192.0.2.7',
    initiator: `iqn.2026-01.test:${server.host}`,
    multipath: false,
  };
}

function connectionOf(disk: Disk): ConnectionInfo {
  return {
    driverVolumeType: 'iscsi',
    data: {
      target_iqn: `iqn.2026-01.test:${disk.volume.id}`,
      auth_password: `open sesame ${disk.attachmentId}`,
    },
  };
}
