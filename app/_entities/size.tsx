/** A size in GiB. */
export function Size({ gib }: { gib: number }) {
  return <Amount value={gib} unit="GiB" />;
}

const MIB_PER_GIB = 1024;

/** An amount of memory: in GiB, or MiB where that is less than one. */
export function MemorySize({ mib }: { mib: number }) {
  return mib < MIB_PER_GIB ? (
    <Amount value={mib} unit="MiB" />
  ) : (
    <Amount value={mib / MIB_PER_GIB} unit="GiB" />
  );
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const STEP = 1024;

/** A number of bytes, in the unit that leaves the fewest digits. */
export function ByteSize({ bytes }: { bytes: number }) {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(STEP)));
  return <Amount value={bytes / STEP ** power} unit={UNITS[power] ?? 'B'} />;
}

function Amount({ value, unit }: { value: number; unit: string }) {
  return (
    <>
      {value.toLocaleString(undefined, { maximumFractionDigits: 1 })}{' '}
      <span className="text-faint">{unit}</span>
    </>
  );
}
