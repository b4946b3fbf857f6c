/**
 * A reporter for vitest: writes down what failed outside of test cases, which its JSON reporter leaves out. That is a file
 * that cannot be read, a hook, and an error that nobody has caught.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where it is written: a list of `{ title, error }`. */
const failedHooksFile = join(root, '.test', 'hooks.json');

export default class FailedHooks {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly import('vitest').SerializedError[]} uncaught
   */
  onTestRunEnd(modules, uncaught) {
    const failed = modules.flatMap((module) => {
      const name = relative(root, module.moduleId);
      const suites = [...module.children.allSuites()].flatMap((suite) =>
        suite.errors().map(({ message }) => ({ title: `${name}: ${suite.fullName}`, error: message })),
      );
      return [...module.errors().map(({ message }) => ({ title: name, error: message })), ...suites];
    });
    const others = uncaught.map(({ message }) => ({ title: 'outside of a test', error: message }));
    mkdirSync(dirname(failedHooksFile), { recursive: true });
    writeFileSync(failedHooksFile, JSON.stringify([...failed, ...others]));
  }
}
