/**
 * Attachments of every kind on one stage: what tests of their verbs begin with.
 */
import { afterAll, beforeAll } from 'vitest';
import type { VerbName } from '~/server/domain/verb-catalogue';
import type { Context } from '~/server/services/context';
import { type Performed, perform } from '~/server/services/perform';
import { openStage, operationOf, rowsOf, runToEnd, type Scene, type Stage } from './scene';

export async function statesOf(scene: Scene) {
  const { volume, attachments } = await rowsOf(scene);
  return {
    volume: pick(volume, ['status', 'attach_status']),
    attachments: attachments.map((each) => pick(each, ['attach_status', 'device'])),
  };
}

function pick(row: object, keys: readonly string[]): string {
  const values = row as Record<string, unknown>;
  return keys.map((key) => String(values[key] ?? '-')).join(' ');
}

export const lost = { moment: 'before', kind: 'fails' } as const;

/** For one test file. */
export function openAttachments() {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage();
  });

  afterAll(() => stage.cloud.close());

  function admin(): Context {
    return { ...stage.member, actor: { ...stage.member.actor, roles: ['admin'] } };
  }

  /** Performs it as an administrator, and lets the worker finish it. */
  async function run(
    scene: Scene,
    action: VerbName,
    id: string,
    input: Readonly<Record<string, unknown>> = {},
    context: Context = admin(),
  ): Promise<Performed & { outcome: string; reason: string | null }> {
    const performed = await perform(context, { action, id, input });
    if (performed.running) await runToEnd(scene, performed.operationId);
    const { outcome, reason } = await operationOf(scene, performed.operationId);
    return { ...performed, outcome, reason };
  }

  return {
    get stage() {
      return stage;
    },
    admin,
    run,
  };
}
