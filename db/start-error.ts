/**
 * A reason not to start, in one sentence for the person at the terminal. Entry points print its message alone
 * and exit non-zero; every other error keeps its stack, because it is a defect of ours.
 */
export class StartError extends Error {
  override name = 'StartError';
}
