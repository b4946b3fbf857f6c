/**
 * What every verb needs of the process it runs in.
 */
import type { Logger } from 'pino';
import type { Database } from '~/db/client';
import type { Settings } from '~/server/domain/engine/verb';
import type { PolicyRules } from '~/server/domain/policy-defaults';

export interface Runtime {
  database: Database;
  log: Logger;
  /** 32 bytes; seals connection secrets at rest. */
  secretKey: Uint8Array;
  /** What the operator has chosen; rules depend on it. */
  choices: Settings;
  /** Permissions that the operator changed; every actor carries them. */
  policy: PolicyRules;
  /** Origin under which clients reach us, e.g. `https://mooring.example`; null takes it from the request. */
  publicUrl: string | null;
}
