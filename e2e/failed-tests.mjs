/**
 * The names of tests that failed, from what vitest and Playwright have written: who reads only the end of a long
 * output, as continuous integration often shows it, still learns what to look at.
 */

/** The escape character is spelled out by its code: a literal one is invisible. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** @param {string | undefined} text @returns {string} its first line with content, without colours */
function firstLine(text) {
  const lines = (text ?? '').replace(colours, '').split('\n');
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? 'no message';
}

/** @param {string} title @param {string | undefined} error @returns {string} */
const retold = (title, error) => `${title}\n    ${firstLine(error)}`;

/**
 * @typedef {object} VitestReport
 * @property {{
 *   name: string;
 *   status: string;
 *   message?: string;
 *   assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
 * }[]} testResults
 */

/**
 * @param {VitestReport} report as vitest's JSON reporter writes it
 * @param {string} root folder that names of files are told relative to, with a slash at its end
 * @param {{ title: string; error: string }[]} hooks what failed outside of test cases, where that is known
 * @returns {string[]} two lines each: file and test, and the first line of its error
 */
export function failedUnitTests(report, root, hooks = []) {
  const cases = report.testResults.flatMap((file) => {
    const name = file.name.replace(root, '');
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const told = hooks.some(({ title }) => title.startsWith(name));
    // A file that breaks while it is read, or in a hook, has no test cases that failed.
    if (failed.length === 0 && file.status === 'failed' && !told) return [retold(name, file.message)];
    return failed.map((test) => retold(`${name}: ${test.fullName}`, test.failureMessages?.[0]));
  });
  return [...cases, ...hooks.map(({ title, error }) => retold(title, error))];
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {PlaywrightSuite[]} [suites]
 * @property {{
 *   title: string;
 *   file: string;
 *   tests: { status: string; results: { error?: { message?: string } }[] }[];
 * }[]} specs
 */

/**
 * @param {{ suites: PlaywrightSuite[]; errors: { message?: string }[] }} report as Playwright's JSON reporter writes it
 * @returns {string[]} two lines each: file and test, and the first line of its error; a test that passed at a second
 *   attempt is marked as flaky
 */
export function failedStories(report) {
  return [
    ...report.errors.map((error) => retold('outside of a test', error.message)),
    ...report.suites.flatMap(failedStoriesOf),
  ];
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function failedStoriesOf({ suites = [], specs }) {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) =>
        retold(
          `${file}: ${title}${status === 'flaky' ? ' (flaky)' : ''}`,
          results.find(({ error }) => error)?.error?.message,
        ),
      ),
  );
  return [...own, ...suites.flatMap(failedStoriesOf)];
}
