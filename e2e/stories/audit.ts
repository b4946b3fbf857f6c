/** What every page and everything that opens on it is held to. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Fails with every violation that axe finds on the page as it is, each with the elements it is about. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await settled(page);
  await expectNothingFound(new AxeBuilder({ page }), where);
}

/** Asks only for what another theme can change: whether colours can be told apart. */
export async function expectReadable(page: Page, where: string): Promise<void> {
  await settled(page);
  await expectNothingFound(new AxeBuilder({ page }).withRules('color-contrast'), where);
}

/** What is being asked for again is shown faded until the answer is there: no state to judge colours by. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await page.evaluate(async () => {
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(fading.map(({ finished }) => finished));
  });
}

async function expectNothingFound(axe: AxeBuilder, where: string): Promise<void> {
  // Legacy mode leaves out frames of other origins, of which there are none, and with them an extra page a run.
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    at: nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }));
  expect.soft(found, `axe on ${where}`).toEqual([]);
}

/** Tables may scroll sideways in their own frame; neither the page nor its main part may. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('main, [role=dialog]')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName} is ${element.scrollWidth - element.clientWidth} px too wide`),
  );
  expect.soft(overflow, `width of ${where}`).toEqual([]);
}
