// SPDX-License-Identifier: MIT
// browser.mjs - the real Chromium against the real program with the demo canteen. A page fails its test on any console
// error, page error, policy violation or reply of 400 and above that the test did not announce.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { BUILD, remove, start, tempDir } from '../../lib/server.mjs';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const KIOSK = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

// A demo canteen on a free port: {url, pairCode, server}. `days` of history keep it quick.
export async function startDemo(extra = []) {
  const server = await start(['demo', '--listen', '127.0.0.1:0', '--rate-limit', '100', '--seed', '1', ...extra], { timeoutMs: 60000 });
  // The address is printed after the ready line may have been read: both come from the same start.
  for (let i = 0; i < 200 && !/#pair=/.test(server.log()); i += 1) await new Promise((r) => setImmediate(r));
  const pairCode = /#pair=([A-Za-z0-9-]+)/.exec(server.log())?.[1];
  assert.ok(pairCode, `the demo prints the kiosk's link\n${server.log()}`);
  return { url: server.url, port: server.port, pairCode, server };
}

let browser = null;
let profile = null;

export async function openBrowser() {
  profile = tempDir('ff-chromium-');
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--font-render-hinting=none', '--force-color-profile=srgb'],
  });
  return browser;
}

export async function closeBrowser() {
  await browser?.close();
  if (profile) remove(profile);
}

// A page in a fresh profile. `allow` are regular expressions of console or network complaints that the test expects.
export async function openPage(demo, { viewport = KIOSK, scheme = 'light', locale = 'en-GB', allow = [], forced = 'none' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme: scheme, locale, reducedMotion: 'reduce', forcedColors: forced });
  await context.addInitScript(() => {
    // Keys of an automated browser arrive slowly; a badge reader's come within milliseconds.
    try { localStorage.setItem('ff.scanGapMs', '1000'); } catch { /* no storage before the first navigation */ }
    document.addEventListener('securitypolicyviolation', (e) => console.error(`policy violation: ${e.violatedDirective} ${e.blockedURI}`));
  });
  const page = await context.newPage();
  const complaints = [];
  const complain = (text) => { if (!allow.some((re) => re.test(text))) complaints.push(text); };
  page.on('console', (m) => { if (m.type() === 'error') complain(`console: ${m.text()} ${m.location().url}`); });
  page.on('pageerror', (e) => complain(`page error: ${e.message}`));
  page.on('response', (r) => { if (r.status() >= 400) complain(`${r.status()} ${r.request().method()} ${r.url()}`); });
  page.on('request', (r) => { if (!r.url().startsWith(demo.url) && !/^(data|blob):/.test(r.url())) complain(`foreign request ${r.url()}`); });
  page.complaints = complaints;
  page.shut = async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'the page complained');
  };
  return page;
}

// Opens the kiosk of the demo, paired, at its first screen.
export async function openKiosk(demo, options) {
  const page = await openPage(demo, options);
  await page.goto(`${demo.url}/kiosk#pair=${demo.pairCode}`);
  await page.getByRole('button', { name: /scan your badge|touch to start|olvassa|scannen/i }).first().waitFor();
  return page;
}

// Types a badge as a reader does: keys, then Enter.
export async function scan(page, badge) {
  await page.keyboard.type(badge);
  await page.keyboard.press('Enter');
}

export async function signIn(page, demo, email, password) {
  await page.goto(`${demo.url}/login`);
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.locator('#password').press('Enter');
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
}

// axe-core on the page as it is; the policy of the server stays in force.
export async function axe(page, what) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join('; ')}`);
  assert.deepEqual(found, [], what);
}

// On failure keeps what a person needs to see: the picture, the page, the server's log.
export async function keepEvidence(name, page, demo) {
  const dir = path.resolve(BUILD, 'e2e');
  mkdirSync(dir, { recursive: true });
  await page.screenshot({ path: path.join(dir, `${name}.png`) }).catch(() => {});
  writeFileSync(path.join(dir, `${name}.html`), await page.content().catch(() => ''));
  writeFileSync(path.join(dir, `${name}.log`), demo.server.log());
}

// The whole number of minor units that a formatted amount shows.
export async function amountOf(locator) {
  const text = await locator.first().innerText();
  const digits = /[-−]?[\d\s\u00a0\u202f.,]*\d/.exec(text)[0];
  return Number(digits.replace('−', '-').replace(/[^\d-]/g, ''));
}
