import type { Page } from 'playwright-core';

// The functions within run in the browser, which gets no others.
/* oxlint-disable unicorn/consistent-function-scoping -- the whole function is sent into the page as text, with all that it needs inside */

/** Texts on the page whose contrast to what lies behind them is below `least` (WCAG's formula), with the ratio. */
export async function findFaintTexts(page: Page, least: number): Promise<readonly string[]> {
  return page.evaluate((wanted) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (color: string): readonly number[] => {
      if (!canvas) return [0, 0, 0, 0];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const over = (top: readonly number[], below: readonly number[]): readonly number[] => {
      const alpha = (top[3] ?? 255) / 255;
      return [0, 1, 2].map((at) => (top[at] ?? 0) * alpha + (below[at] ?? 0) * (1 - alpha));
    };
    const light = (color: readonly number[]): number => {
      const [red = 0, green = 0, blue = 0] = color.map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element): readonly number[] => {
      const layers: (readonly number[])[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
      return layers.reduceRight((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const faint: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!element || text === '' || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest('.emoji, :disabled, [aria-hidden=true], option')) continue;
      const ground = behind(element);
      const [one, other] = [light(over(rgba(getComputedStyle(element).color), ground)), light(ground)].sort((a, b) => b - a);
      const ratio = ((one ?? 0) + 0.05) / ((other ?? 0) + 0.05);
      if (ratio < wanted) faint.push(`${ratio.toFixed(2)} "${text.slice(0, 40)}" (${element.className || element.tagName})`);
    }
    return faint;
  }, least);
}

/** Controls that say nothing to a screen reader. */
export async function findNamelessControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const named = (element: Element): boolean => {
      const label = element.getAttribute('aria-label') ?? '';
      const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').filter((id) => id !== '').map((id) => document.querySelector(`#${CSS.escape(id)}`)?.textContent ?? '').join('');
      const own = element.closest('label')?.textContent ?? '';
      const text = element.tagName === 'BUTTON' || element.tagName === 'A' ? (element.textContent ?? '') : '';
      return `${label}${by}${own}${text}`.trim() !== '';
    };
    const controls = [...document.querySelectorAll('button, a[href], input, textarea, select, [role=region], dialog')];
    return controls.filter((element) => !named(element)).map((element) => element.outerHTML.slice(0, 120));
  });
}
