import { expect, it } from 'vitest';
import { bringIn } from './import-scene';
import { reportText } from './report';
import { openTestCloud } from './test-cloud';
import { IDS, soundCloud } from './test-documents';

it('says that limits of quota sets are the own ones of their projects', async () => {
  const database = await openTestCloud();
  const said = 'Every limit of a quota set is a limit of the project itself here';
  const without = await bringIn(database, soundCloud());
  expect(reportText(without, 'a cloud', [])).not.toContain(said);
  const quotas = { quota_set: { id: IDS.project, cores: 20, instances: 10, ram: 51_200 } };
  const report = await bringIn(database, { ...soundCloud(), ...quotas });
  expect(reportText(report, 'a cloud', [])).toContain(said);
  const limits = await database.sql`select resource, hard_limit from quotas order by resource`;
  expect(limits).toEqual([
    { resource: 'cores', hard_limit: 20 },
    { resource: 'instances', hard_limit: 10 },
    { resource: 'ram', hard_limit: 51_200 },
  ]);
});
