/**
 * Device names: the generic algorithm of Nova (compute/utils.py, get_next_device_name), which honours the letter
 * asked for and replaces the prefix by the server's own.
 */

/**
 * What the APIs accept as a device, split into prefix and letters (Nova block_device.py, match_device). The groups are
 * greedy and give way from the right, so `/dev/vd1` is the letter `d` and `/dev/fake0` the letters `ake`. Upstream's `$`
 * lets a final line feed pass; ours does not.
 */
const DEVICE_PATTERN = /^(\/dev\/x?[a-z]?d?)([a-z]+)[0-9]*$/;
const MAX_DEVICE_LENGTH = 255;

/** Used when a server has no root device name: what Nova's generic drivers call the first disk. */
const DEFAULT_ROOT = '/dev/sda';
const DEFAULT_PREFIX = '/dev/sd';

/** @returns whether the API accepts this text as a device name */
export function isDeviceName(device: string): boolean {
  return device.length <= MAX_DEVICE_LENGTH && DEVICE_PATTERN.test(device);
}

/**
 * The letters that identify a disk: `/dev/vdb`, `/dev/sdb1` and `/dev/xvdb` are all `b`.
 * @param device a name that {@link isDeviceName} accepts; any other text identifies itself
 */
export function deviceLetters(device: string): string {
  return DEVICE_PATTERN.exec(device)?.[2] ?? device;
}

function devicePrefix(rootDeviceName: string | null): string {
  return DEVICE_PATTERN.exec(rootDeviceName ?? DEFAULT_ROOT)?.[1] ?? DEFAULT_PREFIX;
}

/** a, b, … z, aa, ab, … : the letters of the n-th disk, counted from 0. */
function lettersAt(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : lettersAt(Math.floor(index / 26) - 1) + last;
}

/** The server's disks, as far as naming goes. */
export interface DisksInUse {
  rootDeviceName: string | null;
  /** One entry a disk, the root included when it is a volume; null for a disk that has no name yet. */
  devices: readonly (string | null)[];
}

/** @returns the letters taken, the root's included even where the root is not a volume */
function lettersInUse(disks: DisksInUse): Set<string> {
  const named = disks.devices.flatMap((device) => (device === null ? [] : deviceLetters(device)));
  return new Set([deviceLetters(disks.rootDeviceName ?? DEFAULT_ROOT), ...named]);
}

/** @returns how many disks count against the limit; a disk without a name counts as one (Nova does the same) */
export function disksCounted(disks: DisksInUse): number {
  return lettersInUse(disks).size + disks.devices.filter((device) => device === null).length;
}

/** @returns whether the device's letters are taken on this server, whatever the prefix */
export function deviceTaken(device: string, disks: DisksInUse): boolean {
  return lettersInUse(disks).has(deviceLetters(device));
}

/**
 * The name a new disk gets.
 * @param requested the letter is honoured, the prefix is the server's; null takes the first free letter
 * @returns e.g. `/dev/vdb`
 */
export function allocateDevice(requested: string | null, disks: DisksInUse): string {
  const prefix = devicePrefix(disks.rootDeviceName);
  if (requested !== null) return prefix + deviceLetters(requested);
  const taken = lettersInUse(disks);
  let index = 0;
  while (taken.has(lettersAt(index))) index += 1;
  return prefix + lettersAt(index);
}
