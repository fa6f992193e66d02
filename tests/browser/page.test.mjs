// The page that `--format html` makes, in a real browser: what a reader does with it, and what a hostile live page cannot.
//
// Needs Chromium and the program: LIVEBLOG=target/debug/liveblog CHROMIUM=/usr/bin/chromium npm test

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const program = resolve(process.env.LIVEBLOG ?? join(here, '../../target/debug/liveblog'));
const folder = mkdtempSync(join(tmpdir(), 'liveblog-'));

const make = (name, ...options) => {
  const file = join(folder, name);
  execFileSync(program, ['parse', '--no-save', join(here, 'trap.json'), ...options, '-o', file]);
  return pathToFileURL(file).href;
};
const page_ = make('page.html');
const withImages = make('images.html', '--images');

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

// Opens the page; whatever the console says, a dialog, or a request beyond the file fails the test.
const open = async (address, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1000, height: 500 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('dialog', dialog => { complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', request => {
    if (!request.url().startsWith('file:')) complaints.push(`request ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
};
const shown = page => page.locator('article:visible h4').allTextContents();
const found = page => page.locator('form.filters output').textContent();

const ALL = ['<script>alert(1)</script>', 'Gates closed', 'Water rises', 'A note'];

test('what a live page says stays text, without errors or requests', async () => {
  const { page, complaints, close } = await open(page_);
  assert.deepEqual(await shown(page), ALL);
  assert.equal(await page.locator('h1').textContent(), 'Flood <script>alert(1)</script>');
  assert.equal(await page.locator('.summary li').last().textContent(), '<img src=x onerror=alert(2)>');
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  assert.deepEqual(complaints, []);
  await close();
});

test('a script that got in would not run', async () => {
  const { page, complaints, close } = await open(page_);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken"';
    document.body.append(script);
  });
  assert.notEqual(await page.title(), 'taken');
  assert.match(complaints.join(), /Content Security Policy/);
  await close();
});

test('the filters narrow, and all can be shown again', async () => {
  const { page, complaints, close } = await open(page_);
  assert.equal(await found(page), '4 entries');
  await page.getByLabel('Author').selectOption({ label: 'Bob Example (2)' });
  assert.deepEqual(await shown(page), ALL.slice(0, 2));
  assert.equal(await found(page), '2 of 4 entries');
  await page.getByLabel('Label').selectOption({ label: 'Analysis (1)' });
  assert.deepEqual(await shown(page), ALL.slice(0, 1));
  assert.equal(await page.locator('h3:visible').count(), 1, 'days without entries are hidden');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.waitForFunction(() => !document.querySelector('article[hidden]'));
  assert.deepEqual(await shown(page), ALL);
  assert.deepEqual(complaints, []);
  await close();
});

test('the search finds words whatever their case and accents, with the keyboard alone', async () => {
  const { page, complaints, close } = await open(page_);
  await page.keyboard.press('/');
  await page.keyboard.type('OPEN cafe');
  assert.deepEqual(await shown(page), ALL.slice(0, 1));
  await page.keyboard.press('Escape');
  assert.deepEqual(await shown(page), ALL);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await page.evaluate(() => document.activeElement.closest('article').id), 'two');
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => document.activeElement.closest('article').id), 'one');
  assert.deepEqual(complaints, []);
  await close();
});

test('a permalink shows its entry, also to one that is filtered out', async () => {
  const { page, complaints, close } = await open(page_);
  const link = await page.locator('article', { hasText: 'Water rises' }).locator('a.when').getAttribute('href');
  const { page: other, close: closeOther } = await open(page_ + link);
  const entry = other.locator('article:target');
  assert.equal(await entry.locator('h4').textContent(), 'Water rises');
  await other.waitForFunction(() => document.querySelector('article:target').getBoundingClientRect().top < 200);

  await page.getByLabel('Label').selectOption({ label: 'Analysis (1)' });
  await page.evaluate(hash => { location.hash = hash; }, link);
  await page.waitForFunction(() => !document.querySelector('article[hidden]'));
  assert.deepEqual(complaints, []);
  await close();
  await closeOther();
});

test('a bar of the chart shows the entries of its time', async () => {
  const { page, complaints, close } = await open(page_);
  const bar = page.locator('svg.chart a').nth(1);
  assert.match(await bar.getAttribute('aria-label'), /^12:00 – 12:30: 1 entry$/);
  await bar.click();
  assert.deepEqual(await shown(page), ['Gates closed']);
  await bar.click();
  assert.deepEqual(await shown(page), ALL);
  assert.deepEqual(complaints, []);
  await close();
});

test('without JavaScript all entries are there, with permalinks, and no filters that do nothing', async () => {
  const { page, complaints, close } = await open(page_, { javaScriptEnabled: false });
  assert.deepEqual(await shown(page), ALL);
  assert.equal(await page.locator('form.filters').isVisible(), false);
  await page.locator('svg.chart a').first().click();
  assert.equal(await page.locator('article:target h4').textContent(), 'Water rises');
  assert.deepEqual(complaints, []);
  await close();
});

test('times are shown as a reader saw them and in UTC', async () => {
  const { page, close } = await open(page_);
  const times = await page.locator('a.when').allInnerTexts();
  assert.deepEqual(times.map(time => time.replace(/\s+/g, ' ')), ['14:27 13:27 UTC', '12:05 11:05 UTC', '00:30 18 Jun 23:30 UTC', 'No. 4']);
  await close();
});

test('images are requested only if the user wants them', async () => {
  const { page, complaints, close } = await open(withImages);
  assert.equal(await page.locator('img').getAttribute('src'), 'https://example.org/gate.jpg');
  assert.ok(complaints.every(complaint => complaint.includes('gate.jpg') || complaint.includes('ERR_')), complaints.join());
  await close();
});

test('on a phone nothing is wider than the screen, in light and in dark and in print', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page, complaints, close } = await open(page_, { viewport: { width: 360, height: 640 }, colorScheme });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(await width() <= 360, `${await width()}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('form.filters').isVisible(), false);
    assert.deepEqual(await shown(page), ALL);
    assert.deepEqual(complaints, []);
    await close();
  }
});
