/**
 * What other clouds have and this one has not: lists of it are empty, and making it is refused with a sentence, so that
 * clients that look at everything find nothing instead of failing.
 */
import type { PolicyName } from '~/server/domain/policy';
import { authorize } from '~/server/services/refused';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';

interface Absent {
  path: string;
  /** Key of the list. */
  key: string;
  /** In a sentence: `Backups are not kept here.` */
  what: string;
  /** Whether it is listed with details too. */
  detail?: boolean;
  since?: number;
  /** Whom upstream lets in; everybody with a token, when left out. */
  policy?: PolicyName;
}

const ABSENT: readonly Absent[] = [
  { path: '/backups', key: 'backups', what: 'Backups', detail: true },
  { path: '/consistencygroups', key: 'consistencygroups', what: 'Consistency groups', detail: true },
  { path: '/cgsnapshots', key: 'cgsnapshots', what: 'Snapshots of consistency groups', detail: true },
  { path: '/group_types', key: 'group_types', what: 'Types of groups', since: 11 },
  { path: '/groups', key: 'groups', what: 'Groups of volumes', detail: true, since: 13 },
  { path: '/group_snapshots', key: 'group_snapshots', what: 'Snapshots of groups', detail: true, since: 14 },
  {
    path: '/clusters',
    key: 'clusters',
    what: 'Clusters',
    detail: true,
    since: 7,
    policy: 'volume_extension:services:index',
  },
  {
    path: '/default-types',
    key: 'default_types',
    what: 'Default types of projects',
    since: 62,
    policy: 'volume_extension:type_update',
  },
  {
    path: '/manageable_volumes',
    key: 'manageable-volumes',
    what: 'Volumes made elsewhere',
    detail: true,
    since: 8,
    policy: 'volume_extension:volume_unmanage',
  },
  {
    path: '/manageable_snapshots',
    key: 'manageable-snapshots',
    what: 'Snapshots made elsewhere',
    detail: true,
    since: 8,
    policy: 'volume_extension:volume_unmanage',
  },
  {
    path: '/os-volume-manage',
    key: 'manageable-volumes',
    what: 'Volumes made elsewhere',
    detail: true,
    policy: 'volume_extension:volume_unmanage',
  },
  {
    path: '/os-snapshot-manage',
    key: 'manageable-snapshots',
    what: 'Snapshots made elsewhere',
    detail: true,
    policy: 'volume_extension:volume_unmanage',
  },
];

function routesOf({ path, key, what, detail = false, since, policy }: Absent): Route[] {
  const shared = since === undefined ? {} : { since };
  const allow = (context: Parameters<typeof authorize>[0]) => {
    if (policy !== undefined) authorize(context, policy);
  };
  return [
    ...(detail ? [path, `${path}/detail`] : [path]).map((each) =>
      route({
        method: 'GET',
        path: each,
        summary: `${what}: an empty list, as there are none`,
        status: 200,
        ...shared,
        handle: ({ context }) => {
          allow(context);
          return answer({ [key]: [] });
        },
      }),
    ),
    route({
      method: 'GET',
      path: `${path}/:id`,
      summary: `${what}: not found, as there are none`,
      status: null,
      ...shared,
      handle: ({ context, params }) => {
        allow(context);
        throw new FaultError(404, `${what} are not kept here; there is no ${params.id.slice(0, 255)}.`);
      },
    }),
    route({
      method: 'POST',
      path,
      summary: `${what}: refused, as they are not kept here`,
      status: null,
      ...shared,
      handle: ({ context }) => {
        allow(context);
        throw new FaultError(400, `${what} are not kept here.`);
      },
    }),
  ];
}

export const NOT_OFFERED_ROUTES: readonly Route[] = [
  ...ABSENT.flatMap(routesOf),
  route({
    method: 'POST',
    path: '/workers/cleanup',
    summary: 'Clean up after services that are gone: nothing to do, every operation is taken up again',
    status: 202,
    since: 24,
    handle: ({ context }) => {
      authorize(context, 'volume_extension:services:update');
      return answer({ cleaning: [], unavailable: [] }, 202);
    },
  }),
];
