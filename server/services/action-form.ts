/**
 * The form of a verb, filled so far: its fields, what they start with, and what the rules say to what is in them now.
 */
import type { ActionName } from '~/server/domain/action';
import type { Fields, Input } from '~/server/domain/engine/fields';
import type { Noun } from '~/server/domain/engine/verb';
import { VERBS } from '~/server/domain/verbs';
import type { Context } from './context';
import { type ActionExplanation, explainVerb, withInitial } from './explain-actions';
import { objectName } from './object-name';
import { loadAsk } from './perform';
import { parsePartialInput } from './verb-input';

export interface ActionForm {
  object: { kind: Noun; id: string; name: string };
  action: ActionName;
  label: string;
  danger: boolean;
  fields: Fields;
  initial: Input;
  /** What to type before it may be done; null for what can be brought back. */
  confirm: string | null;
  explanation: ActionExplanation;
}

/**
 * @param input what the form holds; what does not fit its field is not looked at
 * @throws RefusedError not_found when the object is not there, or is another project's
 */
export async function actionForm(
  context: Context,
  call: { action: ActionName; id: string; input: Readonly<Record<string, unknown>> },
): Promise<ActionForm> {
  const verb = VERBS[call.action];
  const given = parsePartialInput(verb, call.input);
  const ask = await context.runtime.database.sql.begin('read only', (sql) =>
    loadAsk(sql, context, verb, call.id, given, 'none'),
  );
  const initial = withInitial(verb, { ...ask, input: {} }).input;
  const explanation = explainVerb(verb, withInitial(verb, ask));
  return {
    object: {
      kind: verb.noun,
      id: call.id,
      name: objectName(ask.world, verb.noun, call.id, context.actor),
    },
    action: verb.name,
    label: explanation.label,
    danger: explanation.danger,
    fields: Object.fromEntries(Object.entries(verb.fields).filter(([, { untold }]) => untold !== true)),
    initial,
    confirm: verb.confirm?.(ask) ?? null,
    explanation,
  };
}
