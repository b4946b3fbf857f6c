/**
 * What was done in the benchmark's cloud: of every volume its creation, or how it came to its server. One in a hundred
 * failed.
 */
import type { TransactionSql } from 'postgres';
import { type CloudSize, ID_OF, PROJECT_OF } from './fill-numbers';

export async function fillHistory(sql: TransactionSql, { volumes }: CloudSize): Promise<void> {
  await sql.unsafe(`
    insert into operations (id, request_id, action, user_id, user_name, project_id, server_id, server_name, volume_id,
      volume_name, attachment_id, outcome, reason, cause, started_at, updated_at, ended_at)
    select ${ID_OF('operation', 'n')}, 'req-' || ${ID_OF('request', 'n')},
      case when n % 10 < 6 then 'volume.attach' else 'volume.create' end, 'bench', 'bench', ${PROJECT_OF('n / 10')},
      case when n % 10 < 6 then ${ID_OF('server', 'n / 10 * 2 + n % 10 / 3')} end,
      case when n % 10 < 6 then 'server-' || n / 10 * 2 + n % 10 / 3 end,
      ${ID_OF('volume', 'n')}, 'volume-' || n, case when n % 10 < 6 then ${ID_OF('attachment', 'n')} end,
      (case when n % 100 = 3 then 'failed' else 'succeeded' end)::operation_outcome,
      case when n % 100 = 3 then 'The host did not answer.' end,
      (case when n % 100 = 3 then 'fault' end)::failure_cause, at, at, at
    from (select n, now() - make_interval(secs => n) as at from generate_series(0, ${volumes} - 1) n) numbered, bench`);
  await sql.unsafe(`
    insert into operation_steps (operation_id, phase, result, message, at)
    select ${ID_OF('operation', 'n')}, phase::operation_phase, 'succeeded', 'It was done.', now() - make_interval(secs => n)
    from generate_series(0, ${volumes} - 1) n, unnest(array['act', 'complete']) phase`);
}
