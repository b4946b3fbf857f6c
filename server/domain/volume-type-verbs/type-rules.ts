/**
 * What actions on a volume type ask of it, and of what is written to it.
 */
import type { Ask, Rule } from '../engine/verb';
import { rowOf, type Strings, type VolumeTypeRecord } from '../engine/world';
import { findType, isTrueSpec } from '../volume-life/type-of-volume';
import { advice } from '../volume-verbs/volume-remedy';

/** @returns the type a verb is asked for */
export function typeOf(ask: Pick<Ask<object>, 'world' | 'id'>): VolumeTypeRecord {
  return rowOf(ask.world, 'volumeType', ask.id);
}

/** @returns the path of the type in the Block Storage API, from the caller's project */
export function typePath({ actor, id }: Pick<Ask<object>, 'actor' | 'id'>): string {
  return `/v3/${actor.projectId}/types/${id}`;
}

/** No volume has the type: what it promises cannot change under them. */
export function unusedRule(doing: string, source: string): Rule<object> {
  return {
    id: 'in-use',
    code: 'invalid',
    source,
    test: (ask) => {
      const type = typeOf(ask);
      const user = [...ask.world.volume.values()].find((each) => each.typeId === type.id);
      if (user === undefined) return null;
      return {
        message: `Volume ${user.name || user.id} has type ${type.name}; ${doing} needs a type that no volume has.`,
        remedy: advice(
          'Change the type of its volumes first, or make another type.',
          `openstack volume list --all-projects --long`,
        ),
      };
    },
  };
}

interface Named {
  name?: string | undefined;
}

/** Two types of one name could not be told apart by those who name them. */
export function freeNameRule(source: string): Rule<Named> {
  return {
    id: 'name-taken',
    code: 'conflict',
    source,
    needs: ['name'],
    test: ({ world, input, id }) => {
      const name = input.name?.trim();
      const holder = [...world.volumeType.values()].find((each) => each.name === name);
      if (name === undefined || holder === undefined || holder.id === id) return null;
      return {
        message: `There is a volume type ${name} already.`,
        remedy: advice('Choose another name.'),
      };
    },
  };
}

/** A name may be left out, but not be empty. */
export const namedRule: Rule<Named> = {
  id: 'no-name',
  code: 'invalid',
  source: 'cinder api/contrib/types_manage.py: name cannot be empty',
  needs: ['name'],
  test: ({ input }) =>
    input.name === undefined || input.name.trim() !== ''
      ? null
      : { message: 'The name is empty; a volume type needs one.' },
};

/** Of extra specs; 1 to 255 characters. */
const KEY = /^[a-zA-Z0-9\-_:.]{1,255}$/;

interface WithSpecs {
  extraSpecs?: Strings | undefined;
}

/** @param before specs that the type has, to which these are added */
export function specRules<I extends WithSpecs>(before: (ask: Ask<I>) => Strings): Rule<I>[] {
  return [
    {
      id: 'spec-key',
      code: 'invalid',
      source: 'cinder api/validation/parameter_types.py, extra_specs_with_null',
      test: ({ input }) => {
        const wrong = Object.keys(input.extraSpecs ?? {}).find((key) => !KEY.test(key));
        if (wrong === undefined) return null;
        return {
          message: `"${wrong.slice(0, 40)}" is no name of an extra spec: letters, digits and any of - _ : . are.`,
          remedy: advice('Choose another name.'),
        };
      },
    },
    {
      id: 'multiattach-cacheable',
      code: 'invalid',
      source: 'cinder api/contrib/types_extra_specs.py, _check_cacheable',
      test: (ask) => {
        const specs = { ...before(ask), ...ask.input.extraSpecs };
        if (!isTrueSpec(specs, 'multiattach') || !isTrueSpec(specs, 'cacheable')) return null;
        return {
          message: 'A multiattach volume cannot be cached by its hosts: each would see a state of its own.',
          remedy: advice('Leave out multiattach or cacheable.'),
        };
      },
    },
  ];
}

/** New volumes would be without a type; upstream keeps the last one for the same reason. */
export const notDefaultRule: Rule<object> = {
  id: 'default-type',
  code: 'invalid',
  source: 'cinder volume/volume_types.py, destroy: default type cannot be deleted',
  test: (ask) => {
    const type = typeOf(ask);
    const { defaultVolumeTypeId } = ask.settings;
    const isDefault =
      defaultVolumeTypeId !== null && findType(ask.world, defaultVolumeTypeId)?.id === type.id;
    if (!isDefault) return null;
    return { message: `Type ${type.name} is what volumes get when no type is named; it cannot be deleted.` };
  },
};

export const notLastRule: Rule<object> = {
  id: 'last-type',
  code: 'invalid',
  source: 'cinder volume/volume_types.py, destroy: last type cannot be deleted',
  test: (ask) =>
    ask.world.volumeType.size > 1
      ? null
      : { message: `Type ${typeOf(ask).name} is the only one; a volume cannot be without a type.` },
};
