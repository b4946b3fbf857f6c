/**
 * Whether quota usage, as the services count it, is what is there.
 */
import type { Inventory } from '~/db/import/inventory';
import type { Breach } from '~/db/import/rules';
import type { View } from './view';

export function checkQuotas({ inventory, known }: View): Breach[] {
  const names = new Map([
    ...known.projects,
    ...inventory.of.project.map((each) => [each.id, each.value.name] as const),
  ]);
  return (['compute', 'volume'] as const).flatMap((service) => {
    const counted = service === 'compute' ? computeUsage(inventory) : volumeUsage(inventory);
    return inventory.of[`${service}-quota`].flatMap(({ value: set }) => {
      const usage = counted(set.id);
      const differing = [...set.resources].flatMap(([resource, { inUse }]) => {
        const there = usage.get(resource);
        return inUse === null || there === undefined || there === inUse
          ? []
          : [`${resource} ${inUse} (there: ${there})`];
      });
      if (differing.length === 0) return [];
      const message = `Project ${names.get(set.id) ?? set.id} uses, to its ${service} quota, ${differing.join(', ')}.`;
      return [
        { rule: 'quota.usage-differs' as const, kind: 'quota', objectId: `${service}/${set.id}`, message },
      ];
    });
  });
}

/** Resources of which the inventory knows all there is, with their amounts. */
type Usage = Map<string, number>;

function computeUsage(inventory: Inventory) {
  return (projectId: string): Usage => {
    const flavors = inventory.of.server
      .filter((each) => each.value.tenant_id === projectId)
      .map(({ value }) => {
        const { flavor } = value;
        if ('original_name' in flavor) return flavor as { vcpus: number; ram: number };
        return inventory.of.flavor.find((each) => each.id === flavor.id)?.value;
      });
    const sum = (size: (flavor: { vcpus: number; ram: number }) => number) =>
      flavors.reduce((total, flavor) => total + (flavor === undefined ? 0 : size(flavor)), 0);
    return new Map([
      ['instances', flavors.length],
      ['cores', sum((flavor) => flavor.vcpus)],
      ['ram', sum((flavor) => flavor.ram)],
    ]);
  };
}

function volumeUsage(inventory: Inventory) {
  const types = inventory.of['volume-type'].map((each) => each.value.name);
  return (projectId: string): Usage => {
    const volumes = inventory.of.volume
      .map((each) => each.value)
      .filter((each) => each['os-vol-tenant-attr:tenant_id'] === projectId && each.consumes_quota);
    const typeOf = new Map(inventory.of.volume.map((each) => [each.id, each.value.volume_type]));
    const snapshots = inventory.of.snapshot
      .map((each) => each.value)
      .filter(
        (each) => each['os-extended-snapshot-attributes:project_id'] === projectId && each.consumes_quota,
      );
    const usage: Usage = new Map();
    // Snapshots count as gigabytes too (Cinder: no_snapshot_gb_quota is off by default).
    const count = (suffix: string, takesVolume: typeof isAny, takesSnapshot: typeof isAny) => {
      const ofVolumes = volumes.filter((each) => takesVolume(each.volume_type));
      const ofSnapshots = snapshots.filter((each) => takesSnapshot(typeOf.get(each.volume_id) ?? null));
      const gigabytes = [...ofVolumes, ...ofSnapshots].reduce((total, each) => total + each.size, 0);
      usage.set(`volumes${suffix}`, ofVolumes.length);
      usage.set(`snapshots${suffix}`, ofSnapshots.length);
      usage.set(`gigabytes${suffix}`, gigabytes);
    };
    count('', isAny, isAny);
    for (const type of types) {
      const isOfType = (name: string | null) => name === type;
      count(`_${type}`, isOfType, isOfType);
    }
    return usage;
  };
}

function isAny(_type: string | null): boolean {
  return true;
}
