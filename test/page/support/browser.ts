import { existsSync } from 'node:fs';
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A browser: the one at CHROME_PATH, an installed one, else the one that npm brought (Linux). */
export async function openBrowser(): Promise<Browser> {
  const found = [process.env['CHROME_PATH'], ...INSTALLED].find((path) => path !== undefined && existsSync(path));
  const common = ['--no-sandbox', '--disable-background-networking'];
  if (found !== undefined) return chromium.launch({ executablePath: found, args: common });
  // In one process, as its own arguments ask, the whole browser would end with its first window.
  const own = chromiumPackage.args.filter((argument) => argument !== '--single-process');
  return chromium.launch({ executablePath: await chromiumPackage.executablePath(), args: [...own, ...common] });
}
