import { readFile } from 'node:fs/promises';

/**
 * A listing of the README, so that what people are told is what is tried.
 *
 * @param language as written after the fence
 * @param holding text that tells the listing from others
 * @param base address that takes the place of the one it shows
 * @throws Error when there is no such listing, or it does not name the usual address
 */
export async function readmeBlock(language: string, holding: string, base: string): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const [, , text] = blocks.find(([, tongue, code]) => tongue === language && code?.includes(holding)) ?? [];
  const usual = 'http://localhost:3000';
  if (!text?.includes(usual)) throw new Error(`The README shows no ${language} with ${holding} and ${usual}`);
  return text.replaceAll(usual, base);
}
