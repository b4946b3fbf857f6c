/** The parts of the console that many stories touch, found as a person finds them: by role and name. */
import { expect, type Locator, type Page } from '@playwright/test';

/** @returns the dialog that puts a volume and a server together */
export function attachDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Attach volume' });
}

/** @returns the dialog that asks before this volume is detached */
export function detachDialog(page: Page, volume: string): Locator {
  return page.getByRole('dialog', { name: `Detach ${volume}?` });
}

/** Types into a picker and takes the one option that is left. */
export async function pick(dialog: Locator, noun: 'Volume' | 'Server', name: string): Promise<void> {
  await dialog.getByRole('combobox', { name: noun }).fill(name);
  const option = dialog.getByRole('option');
  await expect(option).toHaveCount(1);
  await option.click();
  await expect(dialog.getByRole('button', { name: `Change ${noun.toLowerCase()}` })).toBeVisible();
}

/** Presses the button that does it, once nothing speaks against it any more. */
export async function submit(dialog: Locator, verb: 'Attach' | 'Detach'): Promise<void> {
  const button = dialog.getByRole('button', { name: verb, exact: true });
  await expect(button).toBeEnabled();
  await button.click();
  await expect(dialog).toBeHidden();
}

/** @returns the row of a list that this is the name of; flags may follow the name */
export function row(page: Page, name: string): Locator {
  const header = page.getByRole('rowheader', { name: new RegExp(`^${name}( |$)`) });
  return page.getByRole('row').filter({ has: header });
}

/** @returns the entry of a volume or server among the attachments on the page of its other end */
export function attachmentOf(page: Page, other: string): Locator {
  return page
    .getByRole('region', { name: 'Attachments' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: other, exact: true }) });
}

/** @returns the note that follows an operation */
export function note(page: Page, title: string): Locator {
  return page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('listitem')
    .filter({ hasText: title });
}

/** @returns the place that says whether what is shown is kept up to date, when it says this */
export function streamIs(page: Page, state: 'Live' | 'Reconnecting' | 'Offline'): Locator {
  return page.getByRole('status').filter({ hasText: new RegExp(`^${state}$`) });
}

/** @returns a function that tells how often the page has been loaded since */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  return () => loads;
}

/** Logs in by hand. */
export async function logIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}
