/**
 * The operator's policy file: who may do what, where that differs from the defaults. Read and checked once, at the start.
 */
import { readFile } from 'node:fs/promises';
import { closestMatch } from 'leven';
import { isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import { StartError } from '~/db/start-error';
import { isChanged } from '~/server/domain/policy';
import {
  GRANTS,
  type Grant,
  POLICY_DEFAULTS,
  type PolicyName,
  type PolicyRule,
  type PolicyRules,
} from '~/server/domain/policy-defaults';

/** In the file; an empty list would look like something forgotten. */
const NOBODY = 'nobody';
const EXPECTED = `${GRANTS.join(', ')}, a list of these, or ${NOBODY}`;

/**
 * @param path absolute, of a JSON or YAML file that maps names of rules to those who may; null for none
 * @returns the rules of the file that differ from their defaults
 * @throws StartError with one line for every thing that is wrong, naming the file and the rule
 */
export async function readPolicyFile(path: string | null): Promise<PolicyRules> {
  if (path === null) return {};
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`MOORING_POLICY names ${path}, which cannot be read (${error.code})`);
  });
  const { rules, wrong } = parsePolicy(text);
  if (wrong.length > 0) {
    throw new StartError(wrong.map((reason) => `MOORING_POLICY, file ${path}: ${reason}`).join('\n'));
  }
  return rules;
}

/**
 * @param text JSON or YAML; JSON is YAML too
 * @returns its rules, and what is wrong with it, one sentence each
 */
function parsePolicy(text: string): { rules: PolicyRules; wrong: string[] } {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) return { rules: {}, wrong: [firstLine(error.message)] };
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { rules: {}, wrong: [] };
  if (!isMap(root)) return { rules: {}, wrong: ['it must map rules to those who may'] };
  const read = root.items.map(readRule);
  return {
    rules: Object.fromEntries(
      read.filter((each) => typeof each !== 'string').filter(([name, rule]) => isChanged(name, rule)),
    ),
    wrong: read.filter((each) => typeof each === 'string'),
  };
}

/** The rest of the parser's message shows the place over several lines. */
function firstLine(message: string): string {
  return message.split('\n', 1).join('').replace(/:$/, '');
}

/** @returns the rule by its name, or what is wrong with it */
function readRule({ key, value }: Pair): [PolicyName, PolicyRule] | string {
  const name = String(isScalar(key) ? key.value : key);
  if (!isPolicyName(name)) {
    const nearest = closestMatch(name, Object.keys(POLICY_DEFAULTS));
    return `there is no rule ${name}; the nearest is ${nearest}`;
  }
  if (isSeq(value)) {
    if (value.items.length === 0) return `rule ${name} has an empty list; write ${NOBODY} if that is meant`;
    const grants = value.items.map((item) => (isScalar(item) ? item.value : item));
    const unknown = grants.find((grant) => !isGrant(grant));
    return unknown === undefined ? [name, grants.filter(isGrant)] : unknownGrant(name, unknown);
  }
  const who = isScalar(value) ? value.value : value;
  if (who === NOBODY) return [name, []];
  return isGrant(who) ? [name, who] : unknownGrant(name, who);
}

function unknownGrant(name: PolicyName, who: unknown): string {
  const said = typeof who === 'string' ? `is for ${JSON.stringify(who)}, which is no role` : 'names no role';
  return `rule ${name} ${said}; it must be ${EXPECTED}`;
}

function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(POLICY_DEFAULTS, name);
}

function isGrant(value: unknown): value is Grant {
  return (GRANTS as readonly unknown[]).includes(value);
}
