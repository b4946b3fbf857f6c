const LONGEST = 200;

/** Names for what stands in for rows, and for their cells, while they are not there yet. */
export const SKELETON: readonly string[] = Array.from({ length: LONGEST }, (_, place) => `skeleton ${place}`);
