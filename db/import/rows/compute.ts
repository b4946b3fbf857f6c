/**
 * Hosts, services, flavors, images: rows from what Nova and Glance say.
 */
import type { Document, Inventory } from '~/db/import/inventory';
import { sourceOf } from '~/db/import/inventory';
import { type Known, UNREPORTED } from '~/db/import/load/known';
import type { Breach } from '~/db/import/rules';
import type { flavors, hosts, images, services } from '~/db/schema/compute';
import type { Converted, Made } from './row';

/** Drivers that can neither share a disk between guests nor tag one (Nova virt/driver.py, capabilities). */
const PLAIN_HYPERVISORS = ['ironic', 'vmware', 'zvm'];

export function serviceRows(inventory: Inventory): Made<typeof services.$inferInsert>[] {
  const documents = [...inventory.of['compute-service'], ...inventory.of['volume-service']];
  return documents.map((document) => {
    const { binary, host, zone, status, state, frozen, disabled_reason, updated_at } = document.value;
    return {
      row: {
        binary,
        host,
        zone,
        enabled: status === 'enabled',
        up: state === 'up',
        frozen,
        disabledReason: disabled_reason,
        ...(updated_at === null ? {} : { updatedAt: updated_at }),
      },
      from: [sourceOf(document)],
    };
  });
}

/** A host is where a nova-compute runs; several hypervisors (bare-metal nodes) may stand behind one. */
export function hostRows(inventory: Inventory, known: Known): Converted<typeof hosts.$inferInsert> {
  const agents = inventory.of['compute-service'].filter((each) => each.value.binary === 'nova-compute');
  const hypervisors = inventory.of.hypervisor;
  const names = new Set([
    ...agents.map((each) => each.value.host),
    ...hypervisors.map((each) => each.value.service.host),
  ]);
  const rows = [...names].map((name) =>
    hostRow(
      name,
      agents.find((each) => each.value.host === name),
      hypervisors.filter((each) => each.value.service.host === name),
    ),
  );
  const breaches: Breach[] = [];
  for (const { value: server } of inventory.of.server) {
    const name = server['OS-EXT-SRV-ATTR:host'];
    if (name === null || names.has(name) || known.hosts.has(name)) continue;
    if (!rows.some(({ row }) => row.name === name)) rows.push(placeholder(name));
    breaches.push({
      rule: 'server.host-unknown',
      kind: 'server',
      objectId: server.id,
      instanceId: server.id,
      message: `Server ${server.name} is on host ${name}, which no hypervisor and no compute service reports.`,
    });
  }
  return { rows, breaches };
}

function hostRow(
  name: string,
  agent: Document<'compute-service'> | undefined,
  hypervisors: Document<'hypervisor'>[],
): Made<typeof hosts.$inferInsert> {
  const type = hypervisors[0]?.value.hypervisor_type ?? 'unknown';
  const capable = !PLAIN_HYPERVISORS.some((plain) => type.toLowerCase().includes(plain));
  return {
    row: {
      name,
      hypervisorType: type,
      // The service's own state counts; the hypervisor's is a copy of it.
      up:
        agent === undefined
          ? hypervisors.some((each) => each.value.state === 'up')
          : agent.value.state === 'up',
      enabled:
        agent === undefined
          ? hypervisors.some((each) => each.value.status === 'enabled')
          : agent.value.status === 'enabled',
      zone: agent?.value.zone ?? 'nova',
      supportsMultiattach: capable,
      supportsTagging: capable,
      ...(agent?.value.updated_at ? { updatedAt: agent.value.updated_at } : {}),
    },
    from: [...(agent === undefined ? [] : [sourceOf(agent)]), ...hypervisors.map(sourceOf)],
  };
}

function placeholder(name: string): Made<typeof hosts.$inferInsert> {
  return {
    row: {
      name,
      hypervisorType: UNREPORTED,
      up: false,
      enabled: false,
      supportsMultiattach: false,
      supportsTagging: false,
    },
    from: [],
  };
}

/** An id that means something else here stays with what it means here; servers carry their sizes themselves. */
export function flavorRows(inventory: Inventory, known: Known): Converted<typeof flavors.$inferInsert> {
  const rows: Made<typeof flavors.$inferInsert>[] = [];
  const breaches: Breach[] = [];
  for (const document of inventory.of.flavor) {
    const { value: flavor } = document;
    const here = known.flavors.get(flavor.id);
    if (here !== undefined && here !== flavor.name) {
      breaches.push({
        rule: 'flavor.id-taken',
        kind: 'flavor',
        objectId: flavor.id,
        message: `Flavor ${flavor.id} is ${here} here, not ${flavor.name}.`,
      });
      continue;
    }
    rows.push({
      row: {
        id: flavor.id,
        name: flavor.name,
        vcpus: flavor.vcpus,
        ramMib: flavor.ram,
        diskGib: flavor.disk,
        ephemeralGib: flavor['OS-FLV-EXT-DATA:ephemeral'],
        swapMib: flavor.swap,
        public: flavor['os-flavor-access:is_public'],
        disabled: flavor['OS-FLV-DISABLED:disabled'],
        description: flavor.description,
        extraSpecs: flavor.extra_specs,
      },
      from: [sourceOf(document)],
    });
  }
  return { rows, breaches };
}

/** What has a column of its own, or says only where the document was fetched. */
const IMAGE_COLUMNS = new Set([
  'id',
  'name',
  'owner',
  'status',
  'visibility',
  'disk_format',
  'container_format',
  'min_disk',
  'min_ram',
  'size',
  'protected',
  'created_at',
  'updated_at',
  'self',
  'file',
  'schema',
]);

export function imageRows(inventory: Inventory, known: Known): Converted<typeof images.$inferInsert> {
  const projects = new Set([...known.projects.keys(), ...inventory.of.project.map((each) => each.id)]);
  const strangers = inventory.of.image.filter(({ value }) => value.owner && !projects.has(value.owner));
  return {
    rows: inventory.of.image.map((document) => {
      const { value: image } = document;
      return {
        row: {
          id: image.id,
          name: image.name ?? '',
          owner: image.owner,
          status: image.status,
          visibility: image.visibility,
          diskFormat: image.disk_format,
          containerFormat: image.container_format,
          minDiskGib: image.min_disk,
          minRamMib: image.min_ram,
          sizeBytes: image.size ?? null,
          protected: image.protected,
          properties: Object.fromEntries(
            Object.entries(document.raw).filter(([key]) => !IMAGE_COLUMNS.has(key)),
          ),
          createdAt: image.created_at,
          updatedAt: image.updated_at,
        },
        from: [sourceOf(document)],
      };
    }),
    breaches: strangers.map(({ value: image }) => ({
      rule: 'image.owner-unknown',
      kind: 'image',
      objectId: image.id,
      message: `Image ${image.name ?? image.id} belongs to project ${image.owner}, which is not here.`,
    })),
  };
}
