/**
 * Words for yes and no in queries.
 * Source: oslo_utils strutils.py, bool_from_string
 */
import { FaultError } from '../fault';

const TRUE_WORDS = ['true', 't', 'yes', 'y', 'on', '1'];
const FALSE_WORDS = ['false', 'f', 'no', 'n', 'off', '0'];

/**
 * @param name of the parameter, for the sentence
 * @throws FaultError 400 for any other word
 */
export function yesOrNo(name: string, word: string): boolean {
  const lower = word.trim().toLowerCase();
  if (TRUE_WORDS.includes(lower)) return true;
  if (FALSE_WORDS.includes(lower)) return false;
  throw new FaultError(400, `${name} is true or false, not ${word}.`);
}
