/**
 * Where a server comes to: zones, hosts that are asked for, and machines that a server has for itself.
 */
import { describe, expect, it } from 'vitest';
import type { Json } from '../connection';
import { refusalsOfVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import {
  ask,
  attachmentRecord,
  serverRecord,
  settings,
  soundWorld,
  volumeRecord,
} from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import { admin, host, member } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const CREATE: AnyVerb = SERVER_LIFE_VERBS['server.create'];
const UNSHELVE: AnyVerb = SERVER_LIFE_VERBS['server.unshelve'];

const near = host({ name: 'near', zone: 'nova' });
const far = host({ name: 'far', zone: 'mars' });
const machine = host({ name: 'machine', zone: 'nova', bareMetal: true });

type Input = Record<string, Json>;

function rules(verb: AnyVerb, call: Parameters<AnyVerb['plan']>[0]): string[] {
  return refusalsOfVerb(verb, call).map(({ rule }) => rule);
}

describe('a new server', () => {
  const creating = (input: Input, hosts = [near, far], actor = member) => ({
    ...ask(
      soundWorld({
        host: hosts,
        flavor: [
          { ...serverRecord().flavor, id: 'metal', extraSpecs: { 'resources:CUSTOM_BAREMETAL': '1' } },
        ],
      }),
      'project-1',
      { name: 'web-9', flavor: '1', image: 'image-1', ...input },
    ),
    actor,
  });
  const placed = (call: ReturnType<typeof creating>) => {
    const server = accepted(CREATE, call).world.server.get('fresh-1');
    return [server?.host, server?.availabilityZone];
  };

  it.each<[string, Input, (string | null)[]]>([
    ['a zone', { zone: 'mars' }, ['far', 'mars']],
    ['another zone', { zone: 'nova' }, ['near', 'nova']],
    ['a machine by its flavor', { flavor: 'metal' }, ['machine', 'nova']],
    ['no machine by another flavor', { zone: 'nova' }, ['near', 'nova']],
  ])('comes to %s', (_, input, place) => {
    expect(placed(creating(input, [machine, near, far]))).toEqual(place);
  });

  it('comes to the host that an administrator names, and into its zone', () => {
    expect(placed(creating({ host: 'far' }, [near, far], admin))).toEqual(['far', 'mars']);
  });

  it('is in ERROR where only machines are left', () => {
    expect(placed(creating({}, [machine]))[0]).toBeNull();
  });

  it.each<[string, Input, typeof member, string[]]>([
    ['a zone there is not', { zone: 'venus' }, member, ['server.create.zone-not-found']],
    ['a host, by a member', { host: 'far' }, member, ['policy.compute:servers:create:requested_destination']],
    ['a host there is not', { host: 'nowhere' }, admin, ['server.create.host-not-found']],
    ['a host of another zone', { host: 'far', zone: 'nova' }, admin, ['server.create.host-not-found']],
  ])('is refused with %s', (_, input, actor, refused) => {
    expect(rules(CREATE, creating(input, [near, far], actor))).toEqual(refused);
  });
});

describe('unshelving', () => {
  const away = serverRecord({ vmState: 'shelved_offloaded', host: null });
  const waking = (input: Input, changes: Partial<Parameters<typeof ask>[0]> = {}, actor = member) => ({
    ...ask({ ...soundWorld({ server: [away], host: [near, far] }), ...changes }, 'server-1', input),
    actor,
  });

  it('brings a server to the zone, or the host, that is asked for', () => {
    const toZone = accepted(UNSHELVE, waking({ zone: 'mars' })).world.server.get('server-1');
    expect(toZone).toMatchObject({ host: 'far', availabilityZone: 'mars' });
    const toHost = accepted(UNSHELVE, waking({ host: 'near' }, {}, admin)).world.server.get('server-1');
    expect(toHost).toMatchObject({ host: 'near', availabilityZone: 'nova' });
  });

  it.each<[string, Input, typeof member, string]>([
    ['a zone there is not', { zone: 'venus' }, member, 'server.unshelve.zone-not-found invalid'],
    [
      'a host, by a member',
      { host: 'near' },
      member,
      'policy.os_compute_api:os-shelve:unshelve_to_host forbidden',
    ],
    ['a host there is not', { host: 'nowhere' }, admin, 'server.unshelve.host-not-found invalid'],
    [
      'a host of another zone',
      { host: 'far', zone: 'nova' },
      admin,
      'server.unshelve.host-not-found conflict',
    ],
  ])('is refused with %s', (_, input, actor, refused) => {
    const [first] = refusalsOfVerb(UNSHELVE, waking(input, {}, actor));
    expect(`${first?.rule} ${first?.code}`).toBe(refused);
  });

  it('asks where to only for servers that are nowhere', () => {
    const shelved = soundWorld({
      server: [serverRecord({ vmState: 'shelved', host: 'near' })],
      host: [near, far],
    });
    expect(rules(UNSHELVE, waking({ zone: 'mars' }, shelved))).toEqual(['server.unshelve.not-offloaded']);
  });

  it('keeps volumes in their zone where a cloud wants it so', () => {
    const world = soundWorld({
      server: [away],
      host: [near, far],
      volume: [volumeRecord({ status: 'reserved', attachStatus: 'reserved' })],
      attachment: [attachmentRecord({ attachStatus: 'reserved', connector: null, connectionInfo: null })],
    });
    const call = { ...waking({ zone: 'mars' }, world), settings: { ...settings, crossZoneAttach: false } };
    expect(rules(UNSHELVE, call)).toEqual(['server.unshelve.other-zone']);
  });
});
