/**
 * Names of disks: which are accepted, which are the same, and which a new disk gets.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocateDevice,
  type DisksInUse,
  deviceLetters,
  deviceTaken,
  disksCounted,
  isDeviceName,
} from './device';

/** Accepted names and the letters that identify them. */
const NAMES: [string, string][] = [
  ['/dev/vdb', 'b'],
  ['/dev/sdb', 'b'],
  ['/dev/hdb', 'b'],
  ['/dev/xvdb', 'b'],
  ['/dev/sdb1', 'b'],
  ['/dev/vdb15', 'b'],
  ['/dev/vdaa', 'aa'],
  ['/dev/xvdzz', 'zz'],
  ['/dev/sda1', 'a'],
  // Odd ones that the pattern lets pass, split as it splits them.
  ['/dev/vd1', 'd'],
  ['/dev/vd', 'd'],
  ['/dev/d', 'd'],
  ['/dev/a', 'a'],
  ['/dev/fake0', 'ake'],
  ['/dev/x', 'x'],
  [`/dev/vd${'b'.repeat(248)}`, 'b'.repeat(248)],
];

const NO_NAMES = [
  '',
  'vdb',
  '/dev/',
  '/dev/1',
  '/dev/vdb\n',
  '/dev/vdb ',
  ' /dev/vdb',
  '/dev/VDB',
  '/dev/vdB',
  '/dev/vd b',
  '/dev/vdb1p2',
  '/dev/vd-b',
  '/dev/disk/by-id/b',
  '/dev//vdb',
  'dev/vdb',
  '/devvdb',
  `/dev/vd${'b'.repeat(249)}`,
];

describe('device names', () => {
  it.each(NAMES)('%s is the disk %s', (name, letters) => {
    expect(isDeviceName(name)).toBe(true);
    expect(deviceLetters(name)).toBe(letters);
  });

  it.each(NO_NAMES)('%j is none', (name) => {
    expect(isDeviceName(name)).toBe(false);
  });
});

const root = { rootDeviceName: '/dev/vda', devices: [] };

/** Asked for, on which disks, whether that is taken. */
const TAKEN: [string, DisksInUse, boolean][] = [
  ['/dev/vdb', root, false],
  ['/dev/vda', root, true],
  // The root is no volume and has no record: its letter is taken all the same.
  ['/dev/sda1', root, true],
  ['/dev/xvda', { rootDeviceName: null, devices: [] }, true],
  ['/dev/vdb', { ...root, devices: ['/dev/vdb'] }, true],
  ['/dev/sdb1', { ...root, devices: ['/dev/vdb'] }, true],
  ['/dev/xvdb', { ...root, devices: ['/dev/sdb'] }, true],
  ['/dev/vdc', { ...root, devices: ['/dev/vdb'] }, false],
  ['/dev/vdab', { ...root, devices: ['/dev/vdb'] }, false],
  ['/dev/vdb', { ...root, devices: [null] }, false],
  // A letter that stands for itself is not the one that looks like its prefix.
  ['/dev/vd1', { ...root, devices: ['/dev/vdd'] }, true],
];

describe('letters that are taken', () => {
  it.each(TAKEN)('%s on %j: %s', (device, disks, taken) => {
    expect(deviceTaken(device, disks)).toBe(taken);
  });
});

/** Asked for, on which disks, what it gets. */
const ALLOCATED: [string | null, DisksInUse, string][] = [
  [null, root, '/dev/vdb'],
  [null, { ...root, devices: ['/dev/vdb', '/dev/vdc'] }, '/dev/vdd'],
  // The first free one, not the next.
  [null, { ...root, devices: ['/dev/vdb', '/dev/vdd'] }, '/dev/vdc'],
  [null, { rootDeviceName: '/dev/vdb', devices: ['/dev/vdb'] }, '/dev/vda'],
  // The prefix is the root's.
  [null, { rootDeviceName: '/dev/sda', devices: [] }, '/dev/sdb'],
  [null, { rootDeviceName: '/dev/sda1', devices: [] }, '/dev/sdb'],
  [null, { rootDeviceName: '/dev/xvda', devices: [] }, '/dev/xvdb'],
  [null, { rootDeviceName: '/dev/hda', devices: ['/dev/sdb'] }, '/dev/hdc'],
  [null, { rootDeviceName: null, devices: [] }, '/dev/sdb'],
  [null, { rootDeviceName: 'strange', devices: [] }, '/dev/sda'],
  // Two letters after the last one.
  [null, { ...root, devices: lettersFrom('b', 'z').map((letter) => `/dev/vd${letter}`) }, '/dev/vdaa'],
  [
    null,
    { ...root, devices: [...lettersFrom('b', 'z'), 'aa'].map((letter) => `/dev/vd${letter}`) },
    '/dev/vdab',
  ],
  // What was asked for: the letter is kept, prefix and digits are not.
  ['/dev/vdq', root, '/dev/vdq'],
  ['/dev/vdq', { rootDeviceName: '/dev/sda', devices: [] }, '/dev/sdq'],
  ['/dev/sdb1', root, '/dev/vdb'],
  ['/dev/vd1', { rootDeviceName: '/dev/sda', devices: [] }, '/dev/sdd'],
  ['/dev/fake0', root, '/dev/vdake'],
];

function lettersFrom(first: string, last: string): string[] {
  const from = first.charCodeAt(0);
  return Array.from({ length: last.charCodeAt(0) - from + 1 }, (_, index) =>
    String.fromCharCode(from + index),
  );
}

describe('the name a new disk gets', () => {
  it.each(ALLOCATED)('%s on %j is %s', (requested, disks, device) => {
    expect(allocateDevice(requested, disks)).toBe(device);
  });
});

/** Disks, and how many count against the limit. */
const COUNTED: [DisksInUse, number][] = [
  [root, 1],
  [{ ...root, devices: ['/dev/vda'] }, 1],
  [{ ...root, devices: ['/dev/vdb', '/dev/vdc'] }, 3],
  [{ ...root, devices: ['/dev/vdb', null, null] }, 4],
  [{ rootDeviceName: null, devices: [] }, 1],
];

describe('how many disks count', () => {
  it.each(COUNTED)('%j: %i', (disks, count) => {
    expect(disksCounted(disks)).toBe(count);
  });
});

const letters = fc.string({ unit: fc.constantFrom(...lettersFrom('a', 'z')), minLength: 1, maxLength: 2 });
const prefix = fc.constantFrom('/dev/vd', '/dev/sd', '/dev/hd', '/dev/xvd');
const digits = fc.constantFrom('', '1', '15');
const device = fc.tuple(prefix, letters, digits).map((parts) => parts.join(''));
const disks: fc.Arbitrary<DisksInUse> = fc.record({
  rootDeviceName: fc.option(device),
  devices: fc.array(fc.option(device), { maxLength: 60 }),
});

describe('for any disks', () => {
  it('a new disk never gets a letter that is taken', () => {
    fc.assert(
      fc.property(disks, (inUse) => {
        const given = allocateDevice(null, inUse);
        expect(isDeviceName(given)).toBe(true);
        expect(deviceTaken(given, inUse)).toBe(false);
      }),
    );
  });

  it('disks attached one after the other all get letters of their own', () => {
    fc.assert(
      fc.property(disks, fc.integer({ min: 1, max: 40 }), (inUse, count) => {
        const given: string[] = [];
        for (let disk = 0; disk < count; disk += 1) {
          given.push(allocateDevice(null, { ...inUse, devices: [...inUse.devices, ...given] }));
        }
        expect(new Set(given.map(deviceLetters)).size).toBe(count);
      }),
    );
  });

  it('the letter asked for is the letter given', () => {
    fc.assert(
      fc.property(disks, device, (inUse, requested) => {
        expect(deviceLetters(allocateDevice(requested, inUse))).toBe(deviceLetters(requested));
      }),
    );
  });

  it('whatever text is asked for, a name that is accepted gives a name that is accepted', () => {
    fc.assert(
      fc.property(disks, fc.stringMatching(/^\/dev\/[a-z]{1,6}[0-9]{0,2}$/), (inUse, requested) => {
        fc.pre(isDeviceName(requested));
        expect(isDeviceName(allocateDevice(requested, inUse))).toBe(true);
        expect(deviceTaken(allocateDevice(requested, inUse), inUse)).toBe(deviceTaken(requested, inUse));
      }),
    );
  });
});
