/**
 * The shapes of the actions API, as the console uses them.
 */
import type { Inputs, Outputs } from '~/app/_trpc/types';

export type ActionExplanation = Outputs['actions']['explain']['actions'][number];
/** What a form holds, by field. */
export type FormInput = NonNullable<Inputs['actions']['run']['input']>;
/** What came of it, such as the id of what was made. */
export type Answer = Outputs['actions']['run']['answer'];
/** A value of one field. */
export type FormValue = FormInput[string];
