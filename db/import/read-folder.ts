/**
 * Finds and reads the JSON files of a folder. What they mean is not known here.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ImportError } from './import-error';

export interface JsonFile {
  /** Relative to the folder, with forward slashes. */
  file: string;
  content: Record<string, unknown>;
}

export interface FolderContent {
  files: JsonFile[];
  /** Files that are not JSON, by name: they are not looked into, and the report says so. */
  ignored: string[];
}

/**
 * @param folder path of the folder
 * @throws ImportError naming the file that is empty, truncated or no JSON object; or a folder without JSON
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  const names = await fileNames(folder);
  const json = names.filter((name) => name.endsWith('.json'));
  if (json.length === 0) {
    throw new ImportError(
      `${folder} holds no .json file; expected the answers of an OpenStack's APIs, such as servers.json, volumes.json and attachments.json.`,
    );
  }
  const files: JsonFile[] = [];
  for (const file of json) files.push({ file, content: await readJson(folder, file) });
  return { files, ignored: names.filter((name) => !name.endsWith('.json')) };
}

async function fileNames(folder: string): Promise<string[]> {
  const found = await stat(folder).catch(() => null);
  if (found === null) throw new ImportError(`There is no folder ${folder}.`);
  if (!found.isDirectory()) throw new ImportError(`${folder} is no folder.`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

async function readJson(folder: string, file: string): Promise<Record<string, unknown>> {
  const text = (await readFile(path.join(folder, file), 'utf8')).replace(/^\uFEFF/, '');
  if (text.trim() === '') throw new ImportError(`${file} is empty; expected a JSON document.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError(`${file} is no complete JSON document, perhaps truncated: ${reason}.`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ImportError(`${file} holds no JSON object; expected one such as {"servers": […]}.`);
  }
  return content as Record<string, unknown>;
}
