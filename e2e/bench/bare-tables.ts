/**
 * Tables without their indexes, for as long as they are filled: an index that is made at once of all rows takes a
 * fraction of the time.
 */
import type { TransactionSql } from 'postgres';

interface Made {
  drop: string;
  make: string;
}

/** Takes away what is not a key, runs `fill`, and makes it again: the same statements as before. */
export async function withBareTables(sql: TransactionSql, fill: () => Promise<void>): Promise<void> {
  const exclusions = await sql<Made[]>`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
    from pg_constraint where contype = 'x' and connamespace = 'public'::regnamespace`;
  const indexes = await sql<Made[]>`
    select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as make
    from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    where not exists (select from pg_constraint k where k.conindid = i.indexrelid)`;
  const made = [...exclusions, ...indexes];
  for (const { drop } of made) await sql.unsafe(drop);
  await fill();
  for (const { make } of made) await sql.unsafe(make);
}
