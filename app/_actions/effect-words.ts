/**
 * What an action would write, in words.
 */
import type { Change } from '~/server/domain/engine/change';
import type { TableName } from '~/server/domain/engine/world';

const TABLES: Readonly<Record<TableName, string>> = {
  server: 'server',
  volume: 'volume',
  attachment: 'attachment',
  snapshot: 'snapshot',
  volumeType: 'volume type',
  qosSpecs: 'QoS specs',
  image: 'image',
  computeService: 'compute service',
  storageService: 'storage service',
  quota: 'quota',
  defaultQuota: 'default limit of',
};

const VERBS = { insert: 'New', update: 'Changed', delete: 'Gone' } as const;

/** Sealed at rest; what is in them is nobody's to read. */
const SEALED = new Set(['connector', 'connectionInfo']);
const SHORT = 8;

export interface Effect {
  /** e.g. `Changed: volume data-1`. */
  title: string;
  /** What is written, by what it is called. */
  facts: { name: string; value: string }[];
}

/**
 * @param known name of the object that the action is done to
 * @returns one effect a change, in order
 */
export function effectWords(changes: readonly Change[], known: { id: string; name: string }): Effect[] {
  return changes.map((change) => {
    const row: Readonly<Record<string, unknown>> =
      change.op === 'insert' ? { ...change.row } : change.op === 'update' ? { ...change.set } : {};
    const id = change.op === 'insert' ? change.row.id : change.id;
    const name = typeof row.name === 'string' && row.name !== '' ? row.name : undefined;
    return {
      title: `${VERBS[change.op]}: ${TABLES[change.table]} ${id === known.id ? known.name : (name ?? id.slice(0, SHORT))}`,
      facts: Object.entries(row)
        // A new row is long; what it leaves empty says nothing.
        .filter(([key, value]) => change.op === 'update' || !(key === 'id' || isEmpty(value)))
        .map(([key, value]) => ({ name: wordOf(key), value: SEALED.has(key) ? sealed(value) : text(value) })),
    };
  });
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** `previousStatus` is `previous status`, `sizeGib` is `size GiB`. */
function wordOf(key: string): string {
  return key
    .replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/ gib$/, ' (GiB)')
    .replace(/ mib$/, ' (MiB)')
    .replace(/ id$/, ' ID');
}

function sealed(value: unknown): string {
  return value === null || value === undefined ? 'none' : 'sealed';
}

function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
