/**
 * Says what an import has done, for the person who ran it.
 */
import { KIND_NAMES, KINDS } from './documents/catalogue';
import type { ImportReport } from './import-inventory';
import { type Finding, RULES, type RuleId } from './rules';

type Align = 'left' | 'right';

/**
 * @param source what was imported, for the heading
 * @param ignored files that were not looked into
 * @returns the report in lines of text, to be printed as it is
 */
export function reportText(report: ImportReport, source: string, ignored: readonly string[]): string {
  const { attachments: sides, findings } = report;
  const total = sides.both + sides.storageOnly + sides.computeOnly;
  const problems = findings.filter((each) => RULES[each.rule].severity === 'problem').length;
  return [
    `Imported ${source}`,
    '',
    table(
      ['Documents', 'came in', 'new', 'unchanged', 'changed', 'kept as document only'],
      KIND_NAMES.map((kind) => {
        const { documents, documentOnly, ...fates } = report.documents[kind];
        return [KINDS[kind].plural, documents, fates.new, fates.unchanged, fates.changed, documentOnly];
      }),
    ),
    '',
    table(
      ['Rows', 'new', 'unchanged', 'changed'],
      Object.entries(report.rows).map(([name, tally]) => [name, tally.new, tally.unchanged, tally.changed]),
    ),
    '',
    `Of ${total} attachments, ${sides.both} have both sides, ${sides.storageOnly} the storage side only, ${sides.computeOnly} the compute side only.`,
    ...quotaLines(report),
    ...changeLines(report),
    ...(ignored.length === 0 ? [] : [`Not read, because it is no .json: ${ignored.join(', ')}`]),
    '',
    findings.length === 0
      ? 'Every row keeps every rule.'
      : `Rows that break a rule: ${problems} problems, ${findings.length - problems} notices. Everything was kept.`,
    ...findingLines(findings),
    '',
  ].join('\n');
}

/** Quota sets do not tell a limit of the project's own from a default of its cloud. */
function quotaLines({ documents }: ImportReport): string[] {
  const sets = documents['compute-quota'].documents + documents['volume-quota'].documents;
  if (sets === 0) return [];
  return [
    'Every limit of a quota set is a limit of the project itself here, also where it was a default of its cloud: default quotas here do not change it, until the quota of the project is reset.',
  ];
}

function changeLines({ changes }: ImportReport): string[] {
  if (changes.length === 0) return [];
  return [
    '',
    'Rows that were there and have changed:',
    ...changes.map(({ table: name, key, columns }) => `    ${name} ${key}: ${columns.join(', ')}`),
  ];
}

/** Problems first, then notices; within them in the order of the rules. */
function findingLines(findings: readonly Finding[]): string[] {
  const rules = Object.keys(RULES) as RuleId[];
  return (['problem', 'notice'] as const).flatMap((severity) =>
    rules
      .filter((rule) => RULES[rule].severity === severity)
      .flatMap((rule) =>
        ruleLines(
          rule,
          findings.filter((each) => each.rule === rule),
        ),
      ),
  );
}

function ruleLines(rule: RuleId, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const { severity, title, kept } = RULES[rule];
  return [
    '',
    `${severity === 'problem' ? '!' : '·'} ${rule}  ${title}: ${findings.length}; kept ${kept}`,
    ...findings.map((each) => `    ${each.objectId}  ${each.message}`),
  ];
}

function table(head: string[], rows: (string | number)[][]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, column === 0 ? 'left' : 'right'))
      .join('  ')
      .trimEnd();
  return cells.map((row) => `  ${line(row)}`).join('\n');
}

function pad(cell: string, width: number, align: Align): string {
  return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
}
