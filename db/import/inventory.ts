/**
 * Turns files into checked documents by kind. Everything wrong with a document is found here, before the first write.
 */
import type { z } from 'zod';
import {
  type DocumentOf,
  KIND_NAMES,
  KINDS,
  type Kind,
  kindsOfList,
  LIST_NAMES,
} from './documents/catalogue';
import { ImportError } from './import-error';
import type { JsonFile } from './read-folder';
import { sameJson } from './same-json';

export interface Document<K extends Kind = Kind> {
  kind: K;
  id: string;
  file: string;
  /** As it came, for the archive. */
  raw: Record<string, unknown>;
  value: DocumentOf<K>;
}

type Documents = { [K in Kind]: Document<K>[] };

export interface Inventory {
  of: Documents;
  /** Lists that say themselves that they go on elsewhere. */
  incomplete: { file: string; list: string }[];
  /** Servers whose attachments were asked for, also those that have none. */
  askedForVolumes: ReadonlySet<string>;
}

/** Where a document is kept in the archive; also how a row names what it was made from. */
export function sourceOf(document: { kind: Kind; id: string }): string {
  return `${document.kind}/${document.id}`;
}

/**
 * @param files as read from a folder
 * @throws ImportError naming file, place and expectation of the first document that is not what it must be
 */
export function takeInventory(files: readonly JsonFile[]): Inventory {
  const seen = new Map<string, Document>();
  for (const { file, content } of files) {
    for (const document of documentsOf(file, content)) {
      const key = sourceOf(document);
      const other = seen.get(key);
      if (other !== undefined && !sameJson(other.raw, document.raw)) {
        throw new ImportError(
          `${document.file} and ${other.file} both describe ${key}, and differ; expected one account of it.`,
        );
      }
      seen.set(key, document);
    }
  }
  const of = Object.fromEntries(KIND_NAMES.map((kind) => [kind, [] as Document[]]));
  for (const document of seen.values()) of[document.kind]?.push(document);
  return {
    of: of as unknown as Documents,
    incomplete: files.flatMap(({ file, content }) => moreElsewhere(file, content)),
    askedForVolumes: new Set(files.flatMap(({ file, content }) => serversAskedFor(file, content))),
  };
}

function documentsOf(file: string, content: Record<string, unknown>): Document[] {
  const lists = Object.keys(content).filter((key) => LIST_NAMES.includes(key));
  if (lists.length === 0) {
    const keys = Object.keys(content).slice(0, 5).join(', ') || 'nothing';
    throw new ImportError(
      `${file} is no document that is known here: it holds ${keys}; expected one of ${LIST_NAMES.join(', ')}.`,
    );
  }
  return lists.flatMap((list) => itemsOf(file, list, content[list]));
}

function itemsOf(file: string, list: string, content: unknown): Document[] {
  if (list === 'quota_set') return [checked(file, list, content)];
  if (!Array.isArray(content)) throw new ImportError(`${file}: ${list} is no list; expected one.`);
  return content.map((item: unknown, index) => checked(file, `${list}[${index}]`, item, list));
}

function checked(file: string, place: string, item: unknown, list = place): Document {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new ImportError(`${file}: ${place} is no object; expected one.`);
  }
  const raw = item as Record<string, unknown>;
  const candidates = kindsOfList(list);
  const kind = candidates.find((name) => KINDS[name].recognise?.(raw) ?? true);
  if (kind === undefined) {
    const expected = candidates.map((name) => KINDS[name].plural).join(' or ');
    throw new ImportError(`${file}: ${place} is neither of ${expected}.`);
  }
  // One kind's definition and its own schema; the union of all kinds is what the compiler sees.
  const { schema, id } = KINDS[kind] as { schema: z.ZodType; id: (value: unknown) => string };
  const result = schema.safeParse(raw);
  if (!result.success) throw new ImportError(`${file}: ${complaint(place, result.error)}`);
  const value = result.data as Document['value'];
  return { kind, id: id(value), file, raw, value };
}

function complaint(place: string, error: z.ZodError): string {
  const [first, ...more] = error.issues;
  const where = [place, ...(first?.path ?? []).map(String)].join('.');
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return `${where}: ${first?.message ?? 'not what was expected'}${others}.`;
}

function moreElsewhere(file: string, content: Record<string, unknown>): Inventory['incomplete'] {
  return LIST_NAMES.filter((list) => list in content && saysNext(content, list)).map((list) => ({
    file,
    list,
  }));
}

/** Keystone has `links.next`, Glance `next`, Nova and Cinder `<list>_links` with a `next` among them. */
function saysNext(content: Record<string, unknown>, list: string): boolean {
  const links = content.links;
  const linkList = content[`${list}_links`];
  return (
    typeof content.next === 'string' ||
    (typeof links === 'object' && links !== null && 'next' in links && typeof links.next === 'string') ||
    (Array.isArray(linkList) && linkList.some((link: { rel?: unknown }) => link.rel === 'next'))
  );
}

const SERVER_IN_PATH = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/[^/]*$/i;

function serversAskedFor(file: string, content: Record<string, unknown>): string[] {
  if (!Array.isArray(content.volumeAttachments)) return [];
  const named = content.volumeAttachments.map((each: { serverId?: unknown }) => String(each.serverId));
  const inPath = SERVER_IN_PATH.exec(file)?.[1];
  return [...named, ...(inPath === undefined ? [] : [inPath])].map((id) => id.toLowerCase());
}
