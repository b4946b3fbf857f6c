/**
 * Half-filled forms of this tab. A form goes away while another dialog is open over it (its remedy), and when the back
 * button is pressed by mistake: what was typed is there again when it comes back.
 */
import type { Drafts } from './drafts';

const kept = new Map<string, Drafts>();

/** @param form names the form: action and object */
export function keptDrafts(form: string): Drafts | undefined {
  return kept.get(form);
}

export function keepDrafts(form: string, drafts: Drafts): void {
  kept.set(form, drafts);
}

/** Somebody has put the form away, or it has been sent. */
export function forgetDrafts(form: string): void {
  kept.delete(form);
}
