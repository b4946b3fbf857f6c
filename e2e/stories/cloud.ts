/**
 * What a story is about: a project of its own with people, servers and volumes, made straight in the database of the
 * server under test, so that stories neither wait for nor see each other.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Database } from '~/db/client';
import {
  type AttachmentRecord,
  type HostRecord,
  makeAttachment,
  makeHost,
  makeProject,
  makeServer,
  makeVolume,
  type ProjectRecord,
  type ServerRecord,
  type VolumeRecord,
} from '~/db/factories';
import { roleAssignments, sessions, users } from '~/db/schema/identity';
import { qosSpecs } from '~/db/schema/volume';
import type { Role } from '~/server/domain/roles';
import { hashToken, newToken } from '~/server/services/tokens';

/** Everybody's password, where a story logs in by hand. */
export const PASSWORD = 'moor the boat';

const HOUR_MS = 3_600_000;

export interface Person {
  id: string;
  name: string;
}

type ServerWishes = Partial<Parameters<typeof makeServer>[1]>;
type VolumeWishes = Partial<Parameters<typeof makeVolume>[1]>;
type AttachmentWishes = Partial<Parameters<typeof makeAttachment>[2]>;

export interface Cloud {
  database: Database;
  project: ProjectRecord;
  host: HostRecord;
  /** Somebody with this role in the project; can log in with {@link PASSWORD} when that is wished. */
  person(role: Role, options?: { password?: boolean }): Promise<Person>;
  /** Gives somebody a role in another project. */
  grant(person: Person, project: { id: string }, role: Role): Promise<void>;
  /** @returns the token of a new session of theirs */
  session(person: Person): Promise<string>;
  server(name: string, wishes?: ServerWishes): Promise<ServerRecord>;
  volume(name: string, wishes?: VolumeWishes): Promise<VolumeRecord>;
  /** @returns the id of QoS specs with one key, which no type has */
  qosSpecs(name: string): Promise<string>;
  /** The volume is attached to the server, as if that had been done long ago. */
  attached(volume: VolumeRecord, server: ServerRecord, wishes?: AttachmentWishes): Promise<AttachmentRecord>;
}

/** @returns e.g. `story-3f9c21a0`, another one each time, on every worker */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`;
}

/** @returns a project of its own, with a host that is up and nothing on it */
export async function makeCloud(database: Database): Promise<Cloud> {
  const project = await makeProject(database, { name: uniqueName('story') });
  const host = await makeHost(database, { name: uniqueName('cmp') });
  const grant = async (person: Person, { id }: { id: string }, role: Role) => {
    await database.orm.insert(roleAssignments).values({ userId: person.id, projectId: id, role });
  };
  return {
    database,
    project,
    host,
    grant,
    async person(role, options = {}) {
      const person = { id: randomBytes(16).toString('hex'), name: uniqueName(role) };
      const passwordHash = options.password ? await hash(PASSWORD) : null;
      await database.orm.insert(users).values({ ...person, passwordHash });
      await grant(person, project, role);
      return person;
    },
    async session({ id }) {
      const token = newToken();
      const expiresAt = new Date(Date.now() + HOUR_MS);
      await database.orm
        .insert(sessions)
        .values({ tokenHash: hashToken(token), userId: id, projectId: project.id, expiresAt });
      return token;
    },
    server: (name, wishes) =>
      makeServer(database, { name, projectId: project.id, host: host.name, ...wishes }),
    async qosSpecs(name) {
      const id = randomUUID();
      const specs = { total_iops_sec: '1000' };
      await database.orm.insert(qosSpecs).values({ id, name, consumer: 'both', specs });
      return id;
    },
    volume: (name, wishes) => makeVolume(database, { name, projectId: project.id, ...wishes }),
    attached: (volume, server, wishes) =>
      makeAttachment(database, volume, { serverId: server.id, device: '/dev/vdb', ...wishes }),
  };
}
