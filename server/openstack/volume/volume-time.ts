/** @returns an instant as the volume API writes it: with microseconds and without a zone */
export function volumeTime(at: Date): string {
  return at.toISOString().replace('Z', '000');
}
