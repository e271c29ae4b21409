/** What no screen of the page may do: offend axe, stick out sideways, cut its own text off. Judges a page as it stands. */
import AxeBuilder from '@axe-core/playwright';
import { expect } from 'playwright/test';
import type { Page } from 'playwright/test';

/** Nothing for axe to object to. @param rules judged beside those that axe has on of itself. */
export async function checkAccess(page: Page, where: string, rules: readonly string[] = []): Promise<void> {
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const judged = rules.length > 0 ? builder.options({ rules: enabled(rules) }) : builder;
  const { violations } = await judged.analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ target, failureSummary }) => `${target.flat().join(' ')}: ${failureSummary}`),
  }));
  expect(found, where).toEqual([]);
}

/** Text that can be read: all of axe's rules that colours decide. */
export async function checkContrast(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast']).analyze();
  const found = violations.flatMap(({ nodes }) =>
    nodes.map(({ target, failureSummary }) => `${target.flat().join(' ')}: ${failureSummary}`),
  );
  expect(found, where).toEqual([]);
}

function enabled(rules: readonly string[]): Record<string, { enabled: boolean }> {
  return Object.fromEntries(rules.map((rule) => [rule, { enabled: true }]));
}

/** The page does not scroll sideways, no control hangs over its edge, and every control shows its words whole. */
export async function checkWidth(page: Page, where: string): Promise<void> {
  const { scrollWidth, clientWidth, outside, cutOff } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const everything = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? everything(element.shadowRoot) : []),
      ]);
    const parentOf = (node: Node): Node | null => {
      if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
      return node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
    };
    const isInScroller = (element: Element): boolean => {
      for (let node = parentOf(element); node instanceof Element; node = parentOf(node)) {
        const { overflowX } = getComputedStyle(node);
        if (['auto', 'scroll', 'hidden'].includes(overflowX) && node.scrollWidth > node.clientWidth) return true;
      }
      return false;
    };
    const name = (element: Element): string =>
      `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`;
    const controls = everything(document).filter(
      (element) => element.matches('button, input, select, summary, [tabindex="0"]') && element.checkVisibility(),
    );
    const outside = controls.filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      const isSeen = width > 1 && getComputedStyle(element).opacity !== '0';
      return isSeen && (left < -1 || right > clientWidth + 1) && !isInScroller(element);
    });
    const cutOff = controls.filter(
      (element) =>
        element.matches('button, select') && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1,
    );
    const entries = controls.filter((element) => element.matches('input:not([type]), input[type="text"]'));
    const short = entries.filter((element) => element.scrollWidth > element.clientWidth);
    return { scrollWidth, clientWidth, outside: outside.map(name), cutOff: [...cutOff, ...short].map(name) };
  });
  expect(scrollWidth, `${where}: nothing sticks out sideways`).toBeLessThanOrEqual(clientWidth);
  expect(outside, `${where}: no control hangs over the edge`).toEqual([]);
  expect(cutOff, `${where}: no control cuts its words off`).toEqual([]);
}
