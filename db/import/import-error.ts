/**
 * A reason why a folder cannot come in, in words for the person who brought it. Nothing has been written when it is
 * thrown; every other error is a defect of ours.
 */
export class ImportError extends Error {
  override name = 'ImportError';
}
