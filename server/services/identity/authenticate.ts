/**
 * Who calls an API: the actor of a token. Asked on every request, so that it is one statement; what was taken away
 * since the token was issued (a role, the project, the user) counts at once.
 */
import {
  type Actor,
  hasRole,
  NO_PROJECT,
  type Role,
  type TokenScope,
  withImplied,
} from '~/server/domain/roles';
import type { Runtime } from '../runtime';
import { hashToken } from '../tokens';
import { type DomainRef, domainOf } from './domain';

/** A token as whoever may look at it sees it. */
export interface TokenView {
  user: { id: string; name: string; domain: DomainRef };
  scope: TokenScope;
  /** Of a token of a project; null for the others. */
  project: { id: string; name: string; domain: DomainRef } | null;
  /** Granted or implied, in the order admin, member, reader, service; none for an unscoped token. */
  roles: readonly Role[];
  methods: readonly string[];
  auditIds: readonly string[];
  issuedAt: Date;
  expiresAt: Date;
  applicationCredential: { id: string; name: string; restricted: boolean } | null;
}

/** Who calls, for the verbs, and the token it calls with, for the identity API. */
export interface Caller {
  actor: Actor;
  tokenView: TokenView;
}

interface TokenRow {
  user_id: string;
  user_name: string;
  user_domain_id: string;
  scope: TokenScope;
  project_id: string | null;
  project_name: string | null;
  project_domain_id: string | null;
  roles: Role[];
  methods: string[];
  audit_ids: string[];
  issued_at: Date;
  expires_at: Date;
  credential_id: string | null;
  credential_name: string | null;
  credential_roles: Role[] | null;
  unrestricted: boolean | null;
  by_service: boolean;
}

/**
 * @param token of the user, from `X-Auth-Token`
 * @param serviceToken of the service that asks for the user, from `X-Service-Token`; null when none was sent
 * @returns null when the token is unknown, over or revoked, when its user or project is disabled or gone, or when it
 * has no role left where it is for; also when a service token was sent that is not one, as upstream's middleware has
 * it (`service_token_roles_required`): a caller that claims to be a service and is not gets nothing
 */
export async function actorOfToken(
  runtime: Runtime,
  token: string,
  serviceToken: string | null,
): Promise<Caller | null> {
  const row = await findToken(runtime, token, serviceToken);
  if (row === undefined || (serviceToken !== null && !row.by_service)) return null;
  const roles = rolesOf(row);
  if (row.scope !== 'unscoped' && roles.length === 0) return null;
  return {
    actor: {
      userId: row.user_id,
      userName: row.user_name,
      projectId: row.project_id ?? NO_PROJECT,
      projectName: row.project_name ?? PLACES[row.scope],
      roles,
      service: row.by_service,
      policy: runtime.policy,
    },
    tokenView: view(row, roles),
  };
}

/** Where an actor without a project is, as sentences about it say after "in project". */
const PLACES = {
  project: '',
  domain: '(none: a token of the domain)',
  system: '(none: a token of the whole cloud)',
  unscoped: '(none: an unscoped token)',
} as const satisfies Record<TokenScope, string>;

/** An application credential has the roles it was given as long as its user has them, granted or implied. */
function rolesOf({ roles, credential_roles: given }: TokenRow): Role[] {
  return given === null ? roles : given.filter((role) => hasRole({ roles }, role));
}

async function findToken(
  { database }: Runtime,
  token: string,
  serviceToken: string | null,
): Promise<TokenRow | undefined> {
  const [row] = await database.sql<TokenRow[]>`
    select u.id as user_id, u.name as user_name, u.domain_id as user_domain_id, t.scope,
      p.id as project_id, p.name as project_name, p.domain_id as project_domain_id,
      t.methods, t.audit_ids, t.issued_at, t.expires_at,
      c.id as credential_id, c.name as credential_name, c.roles::text[] as credential_roles, c.unrestricted,
      case t.scope
        when 'project' then array(
          select role::text from role_assignments r where r.user_id = u.id and r.project_id = p.id order by role
        )
        when 'unscoped' then '{}'
        -- Who administers any project administers the cloud.
        else array(
          select 'admin' where exists (
            select from role_assignments r join projects a on a.id = r.project_id and a.enabled
            where r.user_id = u.id and r.role = 'admin'
          )
        )
      end as roles,
      ${serviceToken === null ? database.sql`false` : isServiceToken(database.sql, serviceToken)} as by_service
    from api_tokens t
      join users u on u.id = t.user_id and u.enabled
      left join projects p on p.id = t.project_id and p.enabled
      left join application_credentials c
        on c.id = t.application_credential_id and (c.expires_at is null or c.expires_at > now())
    where t.token_hash = ${hashToken(token)} and t.expires_at > now()
      and (t.application_credential_id is null or c.id is not null)`;
  return row;
}

/** Live, of a project, with the role `service` granted there: role `admin` does not make a service. */
function isServiceToken(sql: Runtime['database']['sql'], serviceToken: string) {
  return sql`exists (
    select from api_tokens s
      join users su on su.id = s.user_id and su.enabled
      join projects sp on sp.id = s.project_id and sp.enabled
      join role_assignments sr on sr.user_id = su.id and sr.project_id = sp.id and sr.role = 'service'
      left join application_credentials sc
        on sc.id = s.application_credential_id and (sc.expires_at is null or sc.expires_at > now())
    where s.token_hash = ${hashToken(serviceToken)} and s.expires_at > now()
      and (s.application_credential_id is null or 'service' = any(sc.roles))
  )`;
}

function view(row: TokenRow, roles: readonly Role[]): TokenView {
  const { project_id: projectId, project_name: projectName, project_domain_id: projectDomain } = row;
  return {
    user: { id: row.user_id, name: row.user_name, domain: domainOf(row.user_domain_id) },
    scope: row.scope,
    project:
      projectId === null || projectName === null || projectDomain === null
        ? null
        : { id: projectId, name: projectName, domain: domainOf(projectDomain) },
    roles: withImplied(roles),
    methods: row.methods,
    auditIds: row.audit_ids,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    applicationCredential:
      row.credential_id === null || row.credential_name === null
        ? null
        : { id: row.credential_id, name: row.credential_name, restricted: row.unrestricted !== true },
  };
}
