/**
 * One invariant, broken on its own in a cloud that is sound otherwise.
 */
import type { RuleId } from '../rules';
import type { Cloud, Raw } from '../test-documents';

export interface Story {
  rule: RuleId;
  /** Rules that the same fault breaks necessarily. */
  also?: RuleId[];
  object: string;
  spoil(cloud: Cloud): void;
  /** A row that must be there afterwards: what follows `select … from`, and what it shows. */
  kept?: { query: string; row: Raw };
}

/** An id that the sound cloud does not have. */
export const NEW = '30000000-0000-4000-8000-00000000000f';
export const attachment = (id: string) => `attachments where id = '${id}'`;
export const volume = (id: string) => `volumes where id = '${id}'`;
export const server = (id: string) => `servers where id = '${id}'`;
