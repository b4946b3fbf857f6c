/** @returns which versions know something, e.g. `3.27 to 3.53` or `from 3.54`; nothing for all of them */
export function spanWords({ since, until }: { since: string | null; until: string | null }): string {
  if (since === null) return until === null ? '' : `up to ${until}`;
  return until === null ? `from ${since}` : `${since} to ${until}`;
}
