/**
 * A project and a stranger to it, new for each test of a file: for what somebody sees of what is there.
 */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { makeProject, type ProjectRecord } from '~/db/factories';
import type { Context } from '~/server/services/context';
import { as, openTestCloud, type TestCloud } from './test-cloud';

interface TwoProjects {
  readonly cloud: TestCloud;
  readonly project: ProjectRecord;
  readonly other: ProjectRecord;
  /** Of the project. */
  readonly member: Context;
  readonly admin: Context;
}

/** For one test file; what it gives is there while its tests run. */
export function openTwoProjects(): TwoProjects {
  let cloud: TestCloud;
  let project: ProjectRecord;
  let other: ProjectRecord;
  beforeAll(async () => {
    cloud = await openTestCloud();
  });
  afterAll(() => cloud.close());
  beforeEach(async () => {
    project = await makeProject(cloud.runtime.database);
    other = await makeProject(cloud.runtime.database);
  });
  return {
    get cloud() {
      return cloud;
    },
    get project() {
      return project;
    },
    get other() {
      return other;
    },
    get member() {
      return as('member', project, cloud.runtime);
    },
    get admin() {
      return as('admin', project, cloud.runtime);
    },
  };
}
