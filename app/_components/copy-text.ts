import { announce } from './announce';

/**
 * Copies a text, and says to a screen reader what came of it.
 * @returns whether the browser allowed it
 */
export function copyText(text: string): Promise<boolean> {
  return navigator.clipboard.writeText(text).then(
    () => {
      announce('Copied');
      return true;
    },
    () => {
      announce('The browser did not allow copying');
      return false;
    },
  );
}
