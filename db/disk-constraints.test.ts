/**
 * What the database itself refuses about disks, whoever asks: a buggy writer, a second program, a person with psql.
 */
import type { TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeldDisks, openHeldDisks } from './held-disks';

let cloud: HeldDisks;

beforeAll(async () => {
  cloud = await openHeldDisks();
});

afterAll(() => cloud.close());

interface AttachmentColumns {
  volume_id: string;
  multiattach: boolean;
  attach_status: string | null;
  instance_id: string | null;
  server_id: string | null;
  bdm_id: string | null;
  device: string | null;
  boot_index: number | null;
  quarantine: string | null;
}

const BDM = '00000000-0000-4000-8000-0000000000bd';
const FOREIGN = '00000000-0000-4000-8000-00000000000f';

/** An attachment of both sides, as a program would write it. */
function attach(sql: TransactionSql, volume: string, server: string, given: Partial<AttachmentColumns> = {}) {
  const row: AttachmentColumns = {
    volume_id: volume,
    multiattach: volume === cloud.shared,
    attach_status: 'attached',
    instance_id: server,
    server_id: server,
    bdm_id: BDM,
    device: null,
    boot_index: null,
    quarantine: null,
    ...given,
  };
  return sql`insert into attachments ${sql({ id: '00000000-0000-4000-8000-0000000000a1', ...row })}`;
}

/** A record of the storage side alone. */
function hold(sql: TransactionSql, volume: string, instance: string | null, id: string) {
  return sql`insert into attachments (id, volume_id, multiattach, attach_status, instance_id)
    values (${id}, ${volume}, ${volume === cloud.shared}, 'reserved', ${instance})`;
}

describe('two servers on one disk', () => {
  it('a second server does not get a volume that is not multiattach', async () => {
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.single, cloud.web2))).toBe(
      'attachment_one_instance_per_volume',
    );
  });

  it('nor does it when the volume says available', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update volumes set status = 'available', attach_status = 'detached' where id = ${cloud.single}`;
      await attach(sql, cloud.single, cloud.web2);
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('nor when the attachment claims that the volume were multiattach', async () => {
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.single, cloud.web2, { multiattach: true }))).toBe(
      'attachment_of_volume',
    );
  });

  it('a volume that two servers hold does not become a single one', async () => {
    const refused = await cloud.refusedBy(
      (sql) => sql`update volumes set multiattach = false where id = ${cloud.shared}`,
    );
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('nor do its attachments one by one', async () => {
    const refused = await cloud.refusedBy(
      (sql) =>
        sql`update attachments set multiattach = false where volume_id = ${cloud.shared} and server_id = ${cloud.web1}`,
    );
    expect(refused).toBe('attachment_of_volume');
  });

  it('an attachment does not move to a second server', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await hold(sql, cloud.single, cloud.web1, FOREIGN);
      await sql`update attachments set instance_id = ${cloud.web2} where id = ${FOREIGN}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('a volume that was made multiattach for a second server does not become single again', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update volumes set multiattach = true where id = ${cloud.single}`;
      await attach(sql, cloud.single, cloud.web2, { multiattach: true });
      await sql`update volumes set multiattach = false where id = ${cloud.single}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('an attachment that has gone does not come back beside its successor', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update attachments set deleted_at = now(), attach_status = 'detached' where id = ${cloud.singleAttachment}`;
      await attach(sql, cloud.single, cloud.web2);
      await sql`update attachments set deleted_at = null, attach_status = 'attached' where id = ${cloud.singleAttachment}`;
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('a reservation for somebody else counts, also for an instance nobody knows and for none', async () => {
    for (const instance of [cloud.web2, FOREIGN, null]) {
      const refused = await cloud.refusedBy((sql) => hold(sql, cloud.single, instance, FOREIGN));
      expect(refused).toBe('attachment_one_instance_per_volume');
    }
  });

  it('two reservations for nobody are two', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await hold(sql, cloud.free, null, BDM);
      await hold(sql, cloud.free, null, FOREIGN);
    });
    expect(refused).toBe('attachment_one_instance_per_volume');
  });

  it('of two writers at once, one waits for the other and is then refused', async () => {
    const outcomes = await Promise.allSettled([
      cloud.database.sql.begin((sql) => attach(sql, cloud.free, cloud.web1)),
      cloud.database.sql.begin((sql) => attach(sql, cloud.free, cloud.web2, { bdm_id: FOREIGN })),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await cloud.database.sql`delete from attachments where volume_id = ${cloud.free}`;
  });

  it('one instance may have two records: a live migration does', async () => {
    await cloud.trying((sql) => hold(sql, cloud.single, cloud.web1, FOREIGN));
  });

  it('a multiattach volume may have many', async () => {
    await cloud.trying((sql) => hold(sql, cloud.shared, FOREIGN, FOREIGN));
  });
});

describe('one server', () => {
  it('has a volume once', async () => {
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.shared, cloud.web1))).toBe(
      'attachment_pair_once',
    );
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.single, cloud.web1))).toBe(
      'attachment_pair_once',
    );
  });

  it('has a device once', async () => {
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.free, cloud.web1, { device: '/dev/vdb' }))).toBe(
      'attachment_device_once',
    );
  });

  it('has one root', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update attachments set boot_index = 0 where id = ${cloud.singleAttachment}`;
      await attach(sql, cloud.free, cloud.web1, { boot_index: 0 });
    });
    expect(refused).toBe('attachment_one_root');
  });

  it('may have again what it has let go', async () => {
    await cloud.trying(async (sql) => {
      await sql`update attachments set deleted_at = now(), attach_status = 'detached' where id = ${cloud.singleAttachment}`;
      await attach(sql, cloud.single, cloud.web1, { device: '/dev/vdb' });
    });
  });

  it('is exempt where another cloud had broken the rule already, and that is said', async () => {
    await cloud.trying((sql) => attach(sql, cloud.single, cloud.web2, { quarantine: 'two servers hold it' }));
    await cloud.trying((sql) => attach(sql, cloud.shared, cloud.web1, { quarantine: 'twice on one server' }));
    await cloud.trying((sql) =>
      attach(sql, cloud.free, cloud.web1, { device: '/dev/vdb', quarantine: 'device twice' }),
    );
  });
});

/** What is refused, by which constraint. */
const ATTACHMENTS: [string, Partial<AttachmentColumns>, string][] = [
  ['neither side', { attach_status: null, server_id: null, bdm_id: null }, 'attachment_has_a_side'],
  ['a mapping without a server', { server_id: null }, 'attachment_compute_side'],
  ['a server without a mapping', { bdm_id: null }, 'attachment_compute_side'],
  ['two sides that name different servers', { instance_id: FOREIGN }, 'attachment_same_instance'],
  ['two sides of which one names nobody', { instance_id: null }, 'attachment_same_instance'],
  ['detached, yet there', { attach_status: 'detached' }, 'attachment_live_is_not_detached'],
  [
    'a device without a server',
    { server_id: null, bdm_id: null, device: '/dev/vdz' },
    'attachment_device_has_server',
  ],
  ['a status nobody knows', { attach_status: 'gone' }, '22P02'],
  ['a volume nobody knows', { volume_id: FOREIGN }, 'attachment_of_volume'],
  [
    'a server nobody knows',
    { server_id: FOREIGN, instance_id: FOREIGN },
    'attachments_server_id_servers_id_fk',
  ],
];

describe('an attachment', () => {
  it.each(ATTACHMENTS)('%s', async (_, given, constraint) => {
    expect(await cloud.refusedBy((sql) => attach(sql, cloud.free, cloud.web1, given))).toBe(constraint);
  });

  it('does not share its mapping with another', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update attachments set bdm_id = ${BDM} where id = ${cloud.singleAttachment}`;
      await attach(sql, cloud.free, cloud.web1);
    });
    expect(refused).toBe('attachment_bdm');
  });

  it('keeps its volume from being deleted while it is there', async () => {
    const refused = await cloud.refusedBy(
      (sql) => sql`
        update volumes set deleted_at = now(), attach_status = 'detached' where id = ${cloud.single}`,
    );
    expect(refused).toBe('attachment_of_live_volume');
    await cloud.trying(async (sql) => {
      await sql`
        update attachments set deleted_at = now(), attach_status = 'detached' where id = ${cloud.singleAttachment}`;
      await sql`update volumes set deleted_at = now(), attach_status = 'detached' where id = ${cloud.single}`;
    });
  });

  it('is not made of a volume that is deleted', async () => {
    const refused = await cloud.refusedBy(async (sql) => {
      await sql`update volumes set deleted_at = now() where id = ${cloud.free}`;
      await attach(sql, cloud.free, cloud.web1);
    });
    expect(refused).toBe('attachment_of_live_volume');
  });

  it('outlives neither its volume nor its server', async () => {
    expect(await cloud.refusedBy((sql) => sql`delete from volumes where id = ${cloud.single}`)).toBe(
      'attachment_of_volume',
    );
    expect(await cloud.refusedBy((sql) => sql`delete from servers where id = ${cloud.web1}`)).toBe(
      'attachments_server_id_servers_id_fk',
    );
  });
});
