/**
 * Metadata and tags of a server: what is left after a change, and when there may be none.
 */
import { describe, expect, it } from 'vitest';
import { refusalsOfVerb } from '../engine/decide';
import { accepted } from '../engine/play-verb';
import { ask, serverRecord, soundWorld } from '../engine/sound-world';
import type { AnyVerb } from '../engine/verb';
import type { ServerRecord } from '../engine/world';
import { admin, member } from '../sound-facts';
import { SERVER_LIFE_VERBS } from './server-life-verbs';

const UPDATE: AnyVerb = SERVER_LIFE_VERBS['server.update'];

type Input = Parameters<typeof ask>[2];

function editing(input: Input, server: Partial<ServerRecord> = {}, actor = member) {
  const labelled = serverRecord({ metadata: { a: '1', b: '2' }, tags: ['x', 'y'], ...server });
  return ask(soundWorld({ server: [labelled] }), 'server-1', input, { actor });
}

function refused(...call: Parameters<typeof editing>): string[] {
  return refusalsOfVerb(UPDATE, editing(...call)).map(({ rule }) => rule.replace('server.update.', ''));
}

describe('an edit', () => {
  it.each<[string, Input, Partial<ServerRecord>]>([
    ['nothing of them', { name: 'new' }, { metadata: { a: '1', b: '2' }, tags: ['x', 'y'] }],
    ['some metadata', { setMetadata: { b: '3', c: '4' } }, { metadata: { a: '1', b: '3', c: '4' } }],
    ['less metadata', { unsetMetadata: ['a', 'none'] }, { metadata: { b: '2' } }],
    ['other metadata', { setMetadata: { c: '4' }, unsetMetadata: ['a', 'b'] }, { metadata: { c: '4' } }],
    ['all tags', { tags: ['z', 'z'] }, { tags: ['z'] }],
    ['one more tag', { addTags: ['y', 'z'] }, { tags: ['x', 'y', 'z'] }],
    ['one tag less', { removeTags: ['x'] }, { tags: ['y'] }],
  ])('says %s', (_, input, after) => {
    expect(accepted(UPDATE, editing(input)).world.server.get('server-1')).toMatchObject(after);
  });

  it.each<[string, Input, Partial<ServerRecord>, string[]]>([
    ['metadata, active', { setMetadata: {} }, {}, []],
    ['metadata, stopped', { setMetadata: {} }, { vmState: 'stopped' }, []],
    ['metadata, shelved', { setMetadata: {} }, { vmState: 'shelved' }, ['server-state']],
    ['metadata, in error', { setMetadata: {} }, { vmState: 'error' }, ['server-state']],
    ['metadata, busy', { setMetadata: {} }, { taskState: 'rebooting' }, ['server-busy']],
    ['metadata, locked', { setMetadata: {} }, { lockedBy: 'owner' }, ['server-locked']],
    ['tags, paused', { tags: [] }, { vmState: 'paused' }, []],
    ['tags, rescued', { tags: [] }, { vmState: 'rescued' }, ['server-state']],
    ['tags, busy', { tags: [] }, { taskState: 'rebooting' }, []],
    ['tags, locked', { tags: [] }, { lockedBy: 'owner' }, []],
    ['a name, in any state', { name: 'new' }, { vmState: 'error', lockedBy: 'owner' }, []],
  ])('of %s', (_, input, server, rules) => {
    expect(refused(input, server)).toEqual(rules);
  });

  it('of a locked server is an administrator’s', () => {
    expect(refused({ setMetadata: {} }, { lockedBy: 'owner' }, admin)).toEqual([]);
  });

  it('keeps to what there is room for', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`);
    const metadata = (count: number) => Object.fromEntries(many(count).map((name) => [name, '']));
    expect(refused({ setMetadata: metadata(126) })).toEqual([]);
    expect(refused({ setMetadata: metadata(127) })).toEqual(['too-much-metadata']);
    expect(refused({ addTags: many(48) })).toEqual([]);
    expect(refused({ addTags: many(49) })).toEqual(['too-many-tags']);
  });
});
