/** Menus and dialogs of actions, found as a person finds them. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Chooses an action from the menu of a row. */
export async function chooseInRow(page: Page, name: string, action: string): Promise<void> {
  await page
    .getByRole('button', { name: `More for ${name}`, exact: true })
    .first()
    .click();
  await choose(page, action);
}

/** Chooses an action from the menu of an object's page. */
export async function chooseOnPage(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${name}`, exact: true }).click();
  await choose(page, action);
}

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('menuitem', { name: `${action}…`, exact: true }).click();
}

/** @returns the dialog of an action, by its title */
export function actionDialog(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title, exact: true });
}

/** Presses the button that does it, once nothing speaks against it any more. */
export async function confirm(dialog: Locator, action: string): Promise<void> {
  const button = dialog.getByRole('button', { name: action, exact: true });
  await expect(button).toBeEnabled();
  await button.click();
  await expect(dialog).toBeHidden();
}

/** Picks one by its name. */
export async function pickIn(dialog: Locator, field: string, name: string): Promise<void> {
  await dialog.getByRole('button', { name: new RegExp(`^${field}`) }).click();
  const search = dialog.getByPlaceholder('Search by name or ID');
  await search.fill(name);
  const option = dialog.getByRole('listbox').getByRole('option').filter({ hasText: name });
  await expect(option).toHaveCount(1);
  await option.click();
  await expect(search).toBeHidden();
}
