/**
 * Something that will not get well by itself, told to whoever comes to mend it: what it means, and the way out that
 * destroys least, first.
 */
import type { DialogAction, Prefill } from '~/app/_lib/dialog-params';

export interface Trouble {
  /** Sober for what is as it should be and only looks odd. */
  tone: 'info' | 'attention' | 'error';
  title: string;
  text: string;
  /** Actions, the one to try first before the others. */
  ways: readonly Way[];
}

export interface Way {
  action: DialogAction;
  /** Of what it is done to. */
  id: string;
  /** Name of that, where it is another thing than the one that is in trouble. */
  name?: string;
  /** What is known of its form. */
  prefill?: Prefill;
}
