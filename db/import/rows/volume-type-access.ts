/**
 * Which projects may use a private volume type: rows from what Cinder says.
 */
import type { Inventory } from '~/db/import/inventory';
import { sourceOf } from '~/db/import/inventory';
import type { Known } from '~/db/import/load/known';
import type { Breach } from '~/db/import/rules';
import type { volumeTypeAccess } from '~/db/schema/volume';
import type { Converted, Made } from './row';

export function volumeTypeAccessRows(
  inventory: Inventory,
  known: Known,
): Converted<typeof volumeTypeAccess.$inferInsert> {
  const here = new Set([...known.volumeTypes.keys(), ...inventory.of['volume-type'].map((each) => each.id)]);
  const rows: Made<typeof volumeTypeAccess.$inferInsert>[] = [];
  const breaches: Breach[] = [];
  for (const document of inventory.of['volume-type-access']) {
    const { volume_type_id: volumeTypeId, project_id: projectId } = document.value;
    if (here.has(volumeTypeId)) {
      rows.push({ row: { volumeTypeId, projectId }, from: [sourceOf(document)] });
    } else {
      breaches.push({
        rule: 'volume-type.access-to-unknown',
        kind: 'volume-type-access',
        objectId: document.id,
        message: `Project ${projectId} may use volume type ${volumeTypeId}, which is not here.`,
      });
    }
  }
  return { rows, breaches };
}
