/**
 * What actions on quality-of-service specs ask of them, and of what is written to them.
 */
import type { Ask, Rule } from '../engine/verb';
import { type QosSpecsRecord, rowOf, type Strings, type VolumeTypeRecord, type World } from '../engine/world';
import { advice } from '../volume-verbs/volume-remedy';

/** @returns the specs a verb is asked for */
export function qosOf(ask: Pick<Ask<object>, 'world' | 'id'>): QosSpecsRecord {
  return rowOf(ask.world, 'qosSpecs', ask.id);
}

/** @returns the path of the specs in the Block Storage API, from the caller's project */
export function qosPath({ actor }: Pick<Ask<object>, 'actor'>, id: string): string {
  return `/v3/${actor.projectId}/qos-specs/${id}`;
}

/** @returns the types whose volumes have this quality of service, by name */
export function typesWith(world: World, qosSpecsId: string): VolumeTypeRecord[] {
  return [...world.volumeType.values()]
    .filter((each) => each.qosSpecsId === qosSpecsId)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** A name may not be empty, nor be taken. */
export const QOS_NAME_RULES: readonly Rule<{ name: string }>[] = [
  {
    id: 'no-name',
    code: 'invalid',
    source: 'cinder api/schemas/qos_specs.py: name_skip_leading_trailing_spaces',
    needs: ['name'],
    test: ({ input }) => (input.name.trim() !== '' ? null : { message: 'The name is empty; one is needed.' }),
  },
  {
    id: 'name-taken',
    code: 'conflict',
    source: 'cinder api/contrib/qos_specs_manage.py, create: QoSSpecsExists',
    needs: ['name'],
    test: ({ world, input }) => {
      const name = input.name.trim();
      return [...world.qosSpecs.values()].some((each) => each.name === name)
        ? { message: `There are QoS specs ${name} already.`, remedy: advice('Choose another name.') }
        : null;
    },
  },
];

/** Of 1 to 255 characters. */
const KEY = /^[a-zA-Z0-9\-_:. /]{1,255}$/;
/** What specs say of themselves, beside their keys. */
const OWN = ['consumer', 'name'];

export const keyRule: Rule<{ specs?: Strings | undefined }> = {
  id: 'key',
  code: 'invalid',
  source: 'cinder api/validation/parameter_types.py, extra_specs_with_null',
  test: ({ input }) => {
    const wrong = Object.keys(input.specs ?? {}).find((key) => !KEY.test(key) || OWN.includes(key));
    if (wrong === undefined) return null;
    return {
      message: OWN.includes(wrong)
        ? `${wrong} is no key of QoS specs, but said of them as a whole.`
        : `"${wrong.slice(0, 40)}" is no key of QoS specs: 1 to 255 letters, digits, spaces and any of - _ : . / are.`,
      remedy: advice('Choose another key.'),
    };
  },
};
