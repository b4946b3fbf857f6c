/**
 * Makes an image of a volume, and tells what was begun.
 */
import type { Context } from './context';
import { perform } from './perform';
import { mayDo } from './refused';
import { READABLE_BY_ALL } from './volume-type-rows';

/** Times are texts such as `2026-11-21T07:00:00.000000`, UTC. */
export interface Uploaded {
  volume: {
    id: string;
    description: string | null;
    size_gib: number;
    updated_at: string;
  };
  type: {
    id: string;
    name: string;
    description: string | null;
    is_public: boolean;
    /** Those that the caller may read. */
    extra_specs: Readonly<Record<string, string>>;
    created_at: string;
  };
  image: {
    id: string;
    name: string;
    diskFormat: string;
    containerFormat: string;
    visibility: string;
    protected: boolean;
  };
}

interface Data {
  volume: Uploaded['volume'];
  type: Uploaded['type'];
}

/**
 * @param input as the verb takes it
 * @throws RefusedError when the rules refuse
 */
export async function uploadVolume(
  context: Context,
  id: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Uploaded> {
  const { answer } = await perform(context, { action: 'volume.upload-to-image', id, input });
  const { sql } = context.runtime.database;
  const [row] = await sql<Data[]>`
    select
      json_build_object('id', v.id, 'description', v.description, 'size_gib', v.size_gib,
        'updated_at', to_char(v.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')) as volume,
      json_build_object('id', t.id, 'name', t.name, 'description', nullif(t.description, ''),
        'is_public', t.is_public,
        'extra_specs', t.extra_specs,
        'created_at', to_char(t.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US')) as type
    from volumes v join volume_types t on t.id = v.volume_type_id where v.id = ${id}`;
  if (row === undefined) throw new Error(`volume ${id} was there a moment ago`);
  const specs = Object.entries(row.type.extra_specs);
  const readsAll = mayDo(context, 'volume_extension:types_extra_specs:read_sensitive');
  const readable = specs.filter(([name]) => readsAll || READABLE_BY_ALL.includes(name));
  return {
    volume: row.volume,
    type: { ...row.type, extra_specs: Object.fromEntries(readable) },
    image: {
      id: String(answer.imageId),
      name: String(answer.imageName),
      diskFormat: String(answer.diskFormat),
      containerFormat: String(answer.containerFormat),
      visibility: String(answer.visibility),
      protected: answer.protected === true,
    },
  };
}
