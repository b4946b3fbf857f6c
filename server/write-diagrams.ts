/**
 * `npm run diagrams`: draws the states in the handbook anew.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { withStates } from './handbook';

const file = new URL('README.md', import.meta.url);
await writeFile(file, withStates(await readFile(file, 'utf8')));
