/**
 * How long a state that should pass usually lasts. Past that, its badge turns amber: something to look at, not yet
 * an error.
 */

const MINUTE = 60;
const USUAL_SECONDS: Record<string, number> = {
  attaching: MINUTE,
  detaching: MINUTE,
  reserved: 2 * MINUTE,
  deleting: 2 * MINUTE,
  creating: 5 * MINUTE,
  extending: 2 * MINUTE,
  reverting: 10 * MINUTE,
  BUILD: 5 * MINUTE,
  REBOOT: 2 * MINUTE,
  HARD_REBOOT: 3 * MINUTE,
  PASSWORD: MINUTE,
  running: 2 * MINUTE,
};
/** Copies, uploads, migrations: these move data, and data takes its time. */
const OTHERWISE = 30 * MINUTE;

/**
 * @param status a status in progress, as on the wire
 * @returns seconds after which its age is unusual
 */
export function usualSeconds(status: string): number {
  return USUAL_SECONDS[status] ?? OTHERWISE;
}
