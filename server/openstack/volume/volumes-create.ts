/**
 * A new volume.
 * Source: cinder/api/v3/volumes.py, create; cinder/api/schemas/volumes.py.
 */
import { z } from 'zod';
import type { Context } from '~/server/services/context';
import { imageIdOf } from '~/server/services/image-by-name';
import { perform } from '~/server/services/perform';
import { getVolumeRecord } from '~/server/services/records/volume-records';
import { listVolumeTypeRecords } from '~/server/services/records/volume-type-records';
import { FaultError } from '../fault';
import { answer, type Route, route } from '../route';
import { bool, description, metadata, name255, size, text255, uuid } from './schema-types';
import { viewerOf, volumeView } from './volume-view';

const wishes = {
  name: name255.optional(),
  display_name: name255.optional(),
  description: description.optional(),
  display_description: description.optional(),
  size: size.nullable().optional(),
  volume_type: name255.optional(),
  metadata: metadata.nullable().optional(),
  snapshot_id: uuid.nullable().optional(),
  source_volid: uuid.nullable().optional(),
  consistencygroup_id: uuid.nullable().optional(),
  imageRef: text255.nullable().optional(),
  image_id: text255.nullable().optional(),
  availability_zone: text255.min(1, { error: 'expects a name' }).nullable().optional(),
  multiattach: bool.nullable().optional(),
  group_id: text255.nullable().optional(),
  backup_id: uuid.nullable().optional(),
};
const { group_id: _group, backup_id: _backup, ...atFirst } = wishes;
const { backup_id: _later, ...withGroups } = wishes;

const volumes = z.union([uuid, z.array(uuid)]).optional();
const hints = z
  .looseObject({ same_host: volumes, different_host: volumes, local_to_instance: uuid.optional() })
  .nullable()
  .optional();

const HINTS = 'OS-SCH-HNT:scheduler_hints';

/** One type for all versions: what a version does not know is never there. */
function body(shape: Partial<typeof wishes>, strict: boolean) {
  const volume = strict ? z.strictObject(shape) : z.object(shape);
  return z.strictObject({ volume, [HINTS]: hints }) as unknown as typeof whole;
}
const whole = z.strictObject({ volume: z.object(wishes), [HINTS]: hints });

/** What upstream keeps and this cloud has none of: to name one is to name nothing. */
function refuseGroups(wish: z.output<typeof whole>['volume']): void {
  const group = wish.group_id || wish.consistencygroup_id;
  if (group) throw new FaultError(404, `There is no group ${group}.`);
  if (wish.backup_id) throw new FaultError(404, `There is no backup ${wish.backup_id}.`);
}

/**
 * Older clients say by a flag that servers shall share the volume. It is a matter of the type now: the flag chooses one
 * where none is named.
 */
async function shareableType(
  context: Context,
  { volume_type: named }: z.output<typeof whole>['volume'],
): Promise<string> {
  const types = await listVolumeTypeRecords(context, {
    which: 'usable',
    extraSpecs: { multiattach: '<is> True' },
    sort: [{ key: 'created_at', direction: 'asc' }],
    limit: 1000,
  });
  const type = types.find(({ id, name }) => !named || named === id || named === name);
  if (type !== undefined) return type.id;
  throw new FaultError(
    400,
    'Whether servers can share a volume is a matter of its type, and this one is not for it.',
  );
}

const create = route({
  method: 'POST',
  path: '/volumes',
  summary: 'Create a volume',
  body: { 0: body(atFirst, false), 13: body(withGroups, false), 47: whole, 53: body(wishes, true) },
  handle: async (call) => {
    const { context } = call;
    const wish = call.body.volume;
    refuseGroups(wish);
    const image = wish.imageRef || wish.image_id;
    const { answer: made } = await perform(context, {
      action: 'volume.create',
      id: context.actor.projectId,
      input: {
        name: wish.name ?? wish.display_name ?? undefined,
        description: wish.description ?? wish.display_description ?? undefined,
        sizeGib: wish.size ?? undefined,
        type: wish.multiattach === true ? await shareableType(context, wish) : wish.volume_type || undefined,
        metadata: wish.metadata ?? undefined,
        snapshotId: wish.snapshot_id ?? undefined,
        sourceVolumeId: wish.source_volid ?? undefined,
        imageId: image ? await imageIdOf(context, image) : undefined,
        availabilityZone: wish.availability_zone ?? undefined,
      },
    });
    const volume = await getVolumeRecord(context, String(made.volumeId));
    // As it was accepted: it may have come further since.
    return answer({ volume: volumeView(viewerOf(call), { ...volume, status: 'creating' }) }, 202);
  },
});

export const VOLUME_CREATE_ROUTES: readonly Route[] = [create];
