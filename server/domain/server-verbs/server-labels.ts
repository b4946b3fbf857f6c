/**
 * Metadata and tags of a server: what is set, what is removed, and what speaks against it.
 */
import type { Objection, Rule } from '../engine/verb';
import type { ServerRecord, Strings } from '../engine/world';
import type { VmState } from '../server';
import { lockRefusal, taskStateRefusal, vmStateRefusal } from '../server-checks';
import { serverOf } from './server-rules';

export interface LabelInput {
  setMetadata?: Strings | undefined;
  unsetMetadata?: readonly string[] | undefined;
  /** All of them. */
  tags?: readonly string[] | undefined;
  addTags?: readonly string[] | undefined;
  removeTags?: readonly string[] | undefined;
}

/** Nova conf/quota.py, metadata_items; nova objects/instance.py, MAX_TAG_COUNT. */
const MOST_METADATA = 128;
const MOST_TAGS = 50;

/** @returns the metadata as it is to be; undefined when nothing is said of it */
function metadataAfter({ metadata }: ServerRecord, input: LabelInput): Strings | undefined {
  const { setMetadata, unsetMetadata } = input;
  if (setMetadata === undefined && unsetMetadata === undefined) return undefined;
  const kept = Object.entries(metadata).filter(([name]) => unsetMetadata?.includes(name) !== true);
  return { ...Object.fromEntries(kept), ...setMetadata };
}

/** @returns the tags as they are to be; undefined when nothing is said of them */
function tagsAfter({ tags: has = [] }: ServerRecord, input: LabelInput): readonly string[] | undefined {
  const { tags, addTags, removeTags } = input;
  if (tags === undefined && addTags === undefined && removeTags === undefined) return undefined;
  const kept = (tags ?? has).filter((tag) => removeTags?.includes(tag) !== true);
  return [...new Set([...kept, ...(addTags ?? [])])];
}

/** @returns what is written */
export function labelsAfter(server: ServerRecord, input: LabelInput) {
  const metadata = metadataAfter(server, input);
  const tags = tagsAfter(server, input);
  return { ...(metadata === undefined ? {} : { metadata }), ...(tags === undefined ? {} : { tags }) };
}

/** @returns what is wrong with this much metadata; null when nothing is */
export function metadataObjection(metadata: Strings = {}): Objection | null {
  const count = Object.keys(metadata).length;
  if (count <= MOST_METADATA) return null;
  return { message: `A server has at most ${MOST_METADATA} metadata; these would be ${count}.` };
}

const STATES: readonly VmState[] = ['active', 'paused', 'suspended', 'stopped'];
const NAME = 'server.update';

function touchesMetadata({ setMetadata, unsetMetadata }: LabelInput): boolean {
  return setMetadata !== undefined || unsetMetadata !== undefined;
}

export const LABEL_RULES: readonly Rule<LabelInput>[] = [
  {
    id: 'labels-state',
    code: 'conflict',
    source:
      'nova compute/api.py, update_instance_metadata; api/openstack/compute/server_tags.py, _check_instance_in_valid_state',
    test: (ask): Objection | null => {
      const server = serverOf(ask);
      const metadata = touchesMetadata(ask.input);
      if (!metadata && tagsAfter(server, ask.input) === undefined) return null;
      return (
        (metadata ? lockRefusal(NAME, server, ask.actor) : null) ??
        vmStateRefusal(NAME, server, STATES, ask.actor) ??
        (metadata ? taskStateRefusal(NAME, server) : null)
      );
    },
  },
  {
    id: 'too-much-metadata',
    code: 'over_quota',
    source: 'nova compute/api.py, _check_metadata_properties_quota',
    test: (ask) => metadataObjection(metadataAfter(serverOf(ask), ask.input)),
  },
  {
    id: 'too-many-tags',
    code: 'invalid',
    source: 'nova api/openstack/compute/server_tags.py, update',
    test: (ask) => {
      const count = tagsAfter(serverOf(ask), ask.input)?.length ?? 0;
      if (count <= MOST_TAGS) return null;
      return { message: `A server has at most ${MOST_TAGS} tags; these would be ${count}.` };
    },
  },
];
