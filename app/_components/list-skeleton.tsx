const LONGEST = 200;

/** Names for what stands in for rows, and for their cells, that are not there yet. */
export const SKELETON: readonly string[] = Array.from({ length: LONGEST }, (_, place) => `skeleton ${place}`);

const SHOWN = 30;

/** The frame of a list while the server makes it: of final height, so that nothing jumps. */
export function ListSkeleton() {
  return (
    <div aria-hidden className="flex min-h-0 flex-1 flex-col">
      <div className="h-13 shrink-0" />
      <div className="h-[45px] shrink-0 border-b" />
      <div className="flex-1 overflow-hidden bg-surface">
        <div className="h-9 border-b bg-canvas" />
        {SKELETON.slice(0, SHOWN).map((key, row) => (
          <div key={key} className="flex h-[34px] items-center border-b px-3">
            <div
              className="h-2.5 animate-breathe rounded bg-hover"
              style={{ width: `${18 + ((row * 13) % 22)}%` }}
            />
          </div>
        ))}
      </div>
      <div className="h-11 shrink-0 border-t" />
    </div>
  );
}
