/**
 * Whether a compute host takes new servers is an administrator's to say; what is there goes on.
 */
import type { Context } from './context';
import { authorize, RefusedError } from './refused';

/**
 * @param reason why it is switched off; null for none
 * @throws RefusedError forbidden for all but administrators, not_found for a host that is not known
 */
export async function switchHost(
  context: Context,
  host: string,
  { enabled, reason }: { enabled: boolean; reason: string | null },
): Promise<void> {
  authorize(context, 'os_compute_api:os-services:update');
  await context.runtime.database.sql.begin(async (sql) => {
    const [found] = await sql<{ zone: string }[]>`
      update hosts set enabled = ${enabled}, updated_at = now() where name = ${host} returning zone`;
    if (found === undefined) {
      throw new RefusedError([
        { rule: 'host.not-found', code: 'not_found', message: `There is no compute host ${host}.` },
      ]);
    }
    const row = {
      binary: 'nova-compute',
      host,
      zone: found.zone,
      enabled,
      disabled_reason: enabled ? null : reason,
    };
    await sql`
      insert into services ${sql(row)}
      on conflict ("binary", host) do update
        set enabled = excluded.enabled, disabled_reason = excluded.disabled_reason, updated_at = now()`;
  });
}
