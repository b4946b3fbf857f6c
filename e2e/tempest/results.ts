/** What a run of Tempest was to do, and what it has written about it. */
import { readFile } from 'node:fs/promises';

/** A heading such as `tempest.api.volume.test_volumes_get.VolumesGetTest.test_x[id-…,smoke]`, underlined. */
const HEADING = /^(tempest\.\S+|setUpClass \(\S+\)|tearDownClass \(\S+\))\n-{5,}$/gm;

/**
 * @param log all that `tempest run` has printed
 * @returns per failed test, or set-up of a class, the last line of its traceback
 */
export function failuresIn(log: string): { test: string; reason: string }[] {
  const headings = [...log.matchAll(HEADING)];
  return headings.map((heading, index) => {
    const body = log.slice(heading.index + heading[0].length, headings[index + 1]?.index);
    const test = (heading[1] ?? '').replace(/\[.*/, '');
    return { test, reason: reasonIn(body) };
  });
}

/** The exception is the first line after the last stack frame; frames and what they quote are indented further. */
function reasonIn(body: string): string {
  const traceback = body.split(/^Captured traceback:\n\s*~+\n/m)[1] ?? body;
  const lines = traceback.replace(/^Captured [\s\S]*/m, '').split('\n');
  const exception = lines.findLastIndex((line) => /^ {4}\S/.test(line) && !line.includes('Traceback'));
  const reason = lines.slice(exception, exception + 3).map((line) => line.trim());
  return reason.filter((line) => line !== '').join(' ') || 'no reason was told';
}

/** @param log all that `tempest run` has printed */
export function totalsIn(log: string): { passed: number; failed: number; skipped: number } {
  const count = (what: string) => Number(new RegExp(`^ - ${what}: (\\d+)$`, 'm').exec(log)?.[1] ?? 0);
  return { passed: count('Passed'), failed: count('Failed'), skipped: count('Skipped') };
}

/** @returns how many tests a list names; null when it holds patterns, which may fit any number */
export async function listedTests(list: string): Promise<number | null> {
  const lines = (await readFile(list, 'utf8')).split('\n').map((line) => line.replace(/#.*/, '').trim());
  const names = lines.filter((line) => line !== '');
  return names.every((name) => /^\w+(\.\w+)*\.test_\w+$/.test(name)) ? names.length : null;
}
