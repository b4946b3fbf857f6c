/**
 * What the environment says, checked once at the start. Everything has a default, so that an empty environment gives
 * the demo cloud on the embedded database.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '~/db/start-error';
import { type Settings as Choices, USUAL_SETTINGS } from '~/server/domain/engine/verb';

export interface Settings {
  /** Port of the front door; 0 takes any free one. */
  readonly port: number;
  /** Address to listen on. Null: loopback while the demo accounts exist, all addresses otherwise. */
  readonly host: string | null;
  /** The outward address without a trailing slash, where it differs from what the browser would say. */
  readonly publicUrl: string | null;
  /** Null: the embedded Postgres. */
  readonly databaseUrl: string | null;
  /** Absolute path of the folder for the embedded Postgres and the secret key. */
  readonly dataDir: string;
  /** Whether an empty database is filled with the demo cloud. */
  readonly demo: boolean;
  /** Password of the first administrator where there is no demo cloud. */
  readonly adminPassword: string | null;
  /** 32 bytes. Null: kept in a file of the data folder. */
  readonly secretKey: Uint8Array | null;
  /** Absolute path of the file that changes permissions; null: upstream's defaults. */
  readonly policyFile: string | null;
  /** What rules depend on. */
  readonly choices: Choices;
  readonly logLevel: (typeof logLevels)[number];
  /** Bounds of the simulated driver's delay, in ms; null: its own. */
  readonly simulatedLatency: { readonly min: number; readonly max: number } | null;
  /** Whether the console is compiled on the fly. */
  readonly dev: boolean;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value <= 65_535);

const publicUrl = z
  .string()
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, pathname, search, hash, username } = new URL(text);
    return /^https?:$/.test(protocol) && pathname === '/' && !search && !hash && !username;
  })
  .transform((text) => new URL(text).origin);

const databaseUrl = z.string().refine(
  (text) =>
    URL.canParse(text) &&
    /^postgres(ql)?:$/.test(new URL(text).protocol) &&
    // Of the two ways to name a socket folder our libraries agree on the other one only.
    !new URL(text).searchParams.has('host'),
);

const secretKey = z
  .string()
  .transform((text) => Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'))
  .refine((bytes) => bytes.length === 32)
  .transform((bytes) => new Uint8Array(bytes));

const latency = z
  .string()
  .regex(/^\d{1,6}(-\d{1,6})?$/)
  .transform((text) => {
    const [min = 0, max = min] = text.split('-').map(Number);
    return { min, max };
  })
  .refine(({ min, max }) => min <= max);

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');

/** Each variable with what is said when it is wrong. Values are not repeated: some are secrets. */
const variables = {
  PORT: [port, 'a port number from 0 to 65535'],
  HOST: [z.string().regex(/^[\w.:-]+$/), 'an IP address or host name to listen on'],
  PUBLIC_URL: [publicUrl, 'an address such as https://cloud.example.org, without a path'],
  DATABASE_URL: [
    databaseUrl,
    'an address such as postgres://user:password@host:5432/mooring, or postgres://user@%2Frun%2Fpostgresql/mooring for a socket',
  ],
  MOORING_DATA_DIR: [z.string().transform((path) => resolve(path)), 'a folder'],
  MOORING_DEMO: [flag, '1 or 0'],
  MOORING_ADMIN_PASSWORD: [z.string(), 'a password'],
  MOORING_SECRET_KEY: [secretKey, '32 bytes in base64 or hex, as "openssl rand -base64 32" prints them'],
  MOORING_POLICY: [z.string().transform((path) => resolve(path)), 'a JSON or YAML file'],
  MOORING_DEFAULT_VOLUME_TYPE: [z.string().min(1).max(255), 'the name or id of a volume type'],
  MOORING_MAX_DISKS_PER_SERVER: [z.coerce.number().int().min(1), 'a number of disks'],
  MOORING_CROSS_ZONE_ATTACH: [flag, '1 or 0'],
  MOORING_SWAP_ONLY_WHILE_MIGRATING: [flag, '1 or 0'],
  MOORING_FORCE_UPLOAD: [flag, '1 or 0'],
  MOORING_KEEP_SHELVED_ON_HOST: [flag, '1 or 0'],
  MOORING_LOG_LEVEL: [z.enum(logLevels), `one of ${logLevels.join(', ')}`],
  MOORING_SIMULATED_LATENCY_MS: [latency, 'a number of milliseconds, or two such as 200-800'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Environment = Readonly<Record<string, string | undefined>>;

type Values = { [Name in keyof typeof variables]: z.output<(typeof variables)[Name][0]> | null };

/**
 * @param env environment variables; an empty one counts as not set
 * @throws StartError with one line per wrong variable, naming it and what is expected
 */
export function readSettings(env: Environment): Settings {
  const wrong: string[] = [];
  const entries = Object.entries(variables).map(([name, [schema, expected]]) => {
    const text = env[name];
    if (!text) return [name, null];
    const parsed = schema.safeParse(text);
    if (!parsed.success) wrong.push(`${name} is wrong: it must be ${expected}`);
    return [name, parsed.data];
  });
  if (wrong.length > 0) throw new StartError(wrong.join('\n'));
  const values = Object.fromEntries(entries) as Values;
  return {
    port: values.PORT ?? 3000,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.MOORING_DATA_DIR ?? defaultDataDir(env),
    demo: values.MOORING_DEMO ?? !values.DATABASE_URL,
    adminPassword: values.MOORING_ADMIN_PASSWORD,
    secretKey: values.MOORING_SECRET_KEY,
    policyFile: values.MOORING_POLICY,
    choices: {
      ...USUAL_SETTINGS,
      maxDisksPerServer: values.MOORING_MAX_DISKS_PER_SERVER,
      crossZoneAttach: values.MOORING_CROSS_ZONE_ATTACH ?? USUAL_SETTINGS.crossZoneAttach,
      swapOnlyWhileMigrating: values.MOORING_SWAP_ONLY_WHILE_MIGRATING ?? false,
      defaultVolumeTypeId: values.MOORING_DEFAULT_VOLUME_TYPE ?? USUAL_SETTINGS.defaultVolumeTypeId,
      forceUpload: values.MOORING_FORCE_UPLOAD ?? false,
      keepsShelvedOnHost: values.MOORING_KEEP_SHELVED_ON_HOST ?? false,
    },
    logLevel: values.MOORING_LOG_LEVEL ?? 'info',
    simulatedLatency: values.MOORING_SIMULATED_LATENCY_MS,
    dev: env.NODE_ENV !== 'production',
  };
}

/** Where users' programs keep their data: the XDG base directory specification, and Apple's file system guide. */
function defaultDataDir(env: Environment): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Application Support/Mooring');
  // The specification: a relative path is invalid and must be ignored.
  const base = env.XDG_DATA_HOME?.startsWith('/') ? env.XDG_DATA_HOME : join(homedir(), '.local/share');
  return join(base, 'mooring');
}
