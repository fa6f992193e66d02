// Writes docs/page.png, the picture in the README: the first screen of the page that `timeline -o page.html` makes.
//
// Needs Chromium and the program: LIVEBLOG=target/debug/liveblog CHROMIUM=/usr/bin/chromium npm run picture

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
const program = resolve(process.env.LIVEBLOG ?? join(root, 'target/debug/liveblog'));
const folder = mkdtempSync(join(tmpdir(), 'liveblog-'));
const file = join(folder, 'page.html');
execFileSync(program, ['timeline', 'fixtures/bbc/tunnel.txt', '--heading', 'The tunnel reopens', '-o', file], { cwd: root });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 960, height: 640 }, deviceScaleFactor: 1.5 });
await page.goto(pathToFileURL(file).href);
await page.screenshot({ path: join(root, 'docs/page.png') });
await browser.close();
rmSync(folder, { recursive: true });
