// SPDX-License-Identifier: MIT
// sweep.test.mjs - every screen in pairs of size, theme and language: no violation found by axe, nothing wider than the
// screen, no clipped words, targets large enough, one h1, a title.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client } from '../../lib/server.mjs';
import { axe, closeBrowser, keepEvidence, openBrowser, openKiosk, openPage, scan, signIn, startDemo } from './browser.mjs';

let demo = null;
before(async () => { demo = await startDemo(); await openBrowser(); });
after(async () => { await closeBrowser(); await demo?.server.stop(); });

const SIZES = [[320, 640], [390, 844], [768, 1024], [1024, 768], [1280, 800], [1920, 1080], [3840, 2160]];
const LOCALES = ['en-GB', 'hu-HU', 'de-DE'];
const hook = (page, name) => page.locator(`[data-cy="${name}"]`);

// Each screen: how to get there from a freshly opened page, and whether it is the kiosk (larger targets).
const SCREENS = {
  pair: { open: openPage, allow: [/401/], go: (page) => page.goto(`${demo.url}/kiosk`).then(() => page.locator('h1').waitFor()) },
  pairTyped: { open: openPage, allow: [/401/], go: async (page) => { await SCREENS.pair.go(page); await page.locator('button.link').click(); await page.locator('#code').waitFor(); } },
  link: { kiosk: true, go: async (page) => { await page.locator('button.start').click(); await page.locator('.pills .cat').last().click(); await page.locator('button.link').last().click(); await page.locator('#link-code').waitFor(); } },
  attract: { kiosk: true, go: async () => {} },
  names: { kiosk: true, go: (page) => page.locator('button.start').click().then(() => page.locator('.person').first().waitFor()) },
  pin: { kiosk: true, go: async (page) => { await SCREENS.names.go(page); await page.locator('.person').first().click(); await page.locator('#pin').waitFor(); } },
  shop: { kiosk: true, go: async (page) => { await scan(page, 'FF-0001'); await hook(page, 'checkout').waitFor(); } },
  tray: { kiosk: true, go: async (page) => { await SCREENS.shop.go(page); for (const n of [0, 1, 2]) await page.locator('button.tile').nth(n).click(); } },
  account: { kiosk: true, go: async (page) => { await SCREENS.shop.go(page); await page.locator('button.who').click(); await page.locator('h1').waitFor(); } },
  low: { kiosk: true, allow: [/409/], go: async (page) => {
    await SCREENS.shop.go(page);
    for (let i = 0; i < 60; i += 1) await hook(page, 'product-21').first().click();
    await hook(page, 'checkout').click();
    await page.locator('dialog[open] h2').waitFor();
  } },
  receipt: { kiosk: true, go: async (page) => { await SCREENS.shop.go(page); await hook(page, 'product-58').first().click(); await hook(page, 'checkout').click(); await hook(page, 'undo-purchase').waitFor(); } },
  login: { open: openPage, go: (page) => page.goto(`${demo.url}/login`).then(() => page.locator('#email').waitFor()) },
  welcome: { open: openPage, go: (page) => page.goto(`${demo.url}/welcome`).then(() => page.locator('#code').waitFor()) },
  choose: { open: openPage, go: async (page) => {
    const admin = new Client(demo.port);
    await admin.login('admin@feastfrenzy.com', 'Admin123!');
    const { code } = await admin.must(200, 'POST', '/api/v1/users/invitations', { body: { employeeId: 15 } });
    admin.close();
    await page.goto(`${demo.url}/welcome#${code}`);
    await page.locator('#pin').waitFor();
  } },
  forgot: { open: openPage, go: (page) => page.goto(`${demo.url}/forgot`).then(() => page.locator('h1').waitFor()) },
  code: { open: openPage, go: (page) => page.goto(`${demo.url}/code`).then(() => page.locator('#code').waitFor()) },
  reset: { open: openPage, go: (page) => page.goto(`${demo.url}/reset#token`).then(() => page.locator('#new-password').waitFor()) },
  password: { open: openPage, go: async (page) => { await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!'); await page.goto(`${demo.url}/password`); await page.locator('#new-password').waitFor(); } },
  products: { open: openPage, go: async (page) => { await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!'); await hook(page, 'product-1').waitFor(); } },
  sessions: { open: openPage, go: async (page) => { await SCREENS.products.go(page); await page.locator('header .ghost.round').nth(1).click(); await hook(page, 'session-current').waitFor(); } },
  picked: { open: openPage, go: async (page) => { await SCREENS.products.go(page); await hook(page, 'product-1').click(); await hook(page, 'add-to-cart').waitFor(); } },
  check: { open: openPage, go: async (page) => { await SCREENS.picked.go(page); await hook(page, 'add-to-cart').click(); await hook(page, 'checkout').click(); await hook(page, 'confirm-purchase').waitFor(); } },
  mydata: { open: openPage, go: async (page) => { await SCREENS.products.go(page); await page.goto(`${demo.url}/me/data`); await hook(page, 'my-data-json').waitFor(); } },
  missing: { open: openPage, allow: [/404/], go: (page) => page.goto(`${demo.url}/no-such-page`).then(() => page.locator('h1').waitFor()) },
};

// What the eye would find: measured in the page.
function defects(least) {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`wider than the screen: ${root.scrollWidth} > ${root.clientWidth}`);
  const shown = (e) => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && e.checkVisibility({ visibilityProperty: true }); };
  const name = (e) => `${e.tagName.toLowerCase()}.${e.className || ''} "${(e.textContent || '').trim().slice(0, 30)}"`;
  for (const e of document.querySelectorAll('button, a[href], input, summary, select')) {
    const r = e.getBoundingClientRect();
    if (shown(e) && !e.disabled && (r.height < least - 0.5 || r.width < least - 0.5)) found.push(`small target ${r.width.toFixed(0)}x${r.height.toFixed(0)}: ${name(e)}`);
  }
  for (const e of document.querySelectorAll('h1, h2, .name, .price, .big, .pay, .cat, .tot, .purse, .error')) {
    if (shown(e) && !e.classList.contains('vh') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline') found.push(`cut text: ${name(e)}`);
  }
  const h1 = [...document.querySelectorAll('h1')].filter((e) => !e.closest('[inert]'));
  if (h1.length !== 1) found.push(`${h1.length} h1`);
  if (!document.title.trim()) found.push('no title');
  return found;
}

test('the policy is in force: markup from text, eval, foreign policies and hosts are refused and noticed; our worker is not', async () => {
  const page = await openPage(demo, { allow: [/Content Security Policy|TrustedHTML|Refused|This document requires/] });
  await page.goto(`${demo.url}/login`);
  await page.locator('#email').waitFor();
  assert.deepEqual(page.complaints, []);
  const refused = await page.evaluate(async () => {
    const attempt = async (work) => { try { await work(); return 'done'; } catch (e) { return e.name; } };
    const inert = document.createElement('div');
    return {
      markup: await attempt(() => { inert.innerHTML = '<b>x</b>'; }),
      policy: await attempt(() => window.trustedTypes.createPolicy('other', {})),
      script: await attempt(() => { document.createElement('script').src = '/sw.js'; }),
      host: await attempt(() => fetch('https://elsewhere.example/')),
      evaluated: await attempt(() => new Promise((done) => { setTimeout('window.evaluated = true', 0); setTimeout(done, 50); })),
      inline: await attempt(() => { const s = document.createElement('style'); s.textContent = 'body { opacity: 0.5 }'; document.head.append(s); return new Promise((r) => requestAnimationFrame(r)); }),
    };
  });
  assert.deepEqual([refused.markup, refused.policy, refused.script, refused.host], ['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  assert.equal(await page.evaluate(() => window.evaluated), undefined);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).opacity), '1');
  const noticed = page.complaints.filter((c) => c.includes('policy violation')).length;
  assert.ok(noticed >= 4, `the harness notices violations: ${page.complaints.join('\n')}`);
  assert.match(await page.evaluate(() => navigator.serviceWorker.ready.then((r) => r.active.scriptURL)), /\/sw\.js$/);
  page.complaints.length = 0;
  await page.shut();
});

// Every screen meets every size; themes and languages go round, so that each pair of values meets.
let turn = 0;
for (const [name, screen] of Object.entries(SCREENS)) {
  test(`screen ${name}: every size, themes and languages in turn`, async () => {
    turn += 1;
    const schemes = ['light', 'dark'];
    for (const [s, scheme] of schemes.entries()) {
      const locale = LOCALES[(turn + s) % LOCALES.length];
      const open = screen.open ?? openKiosk;
      const page = await open(demo, { scheme, locale, allow: screen.allow ?? [] });
      try {
        await screen.go(page);
        await page.evaluate(() => document.fonts.ready);
        for (const [i, [width, height]] of SIZES.entries()) {
          await page.setViewportSize({ width, height });
          await page.evaluate((l) => new Promise((r) => { void l; requestAnimationFrame(() => requestAnimationFrame(r)); }), locale);
          const found = await page.evaluate(defects, 44);
          assert.deepEqual(found, [], `${name} ${scheme} ${locale} ${width}x${height}`);
          if (i === 1 || i === 4) await axe(page, `${name} ${scheme} ${locale} ${width}x${height}`);
        }
        await page.shut();
      } catch (error) {
        await keepEvidence(`sweep-${name}-${scheme}`, page, demo);
        throw error;
      }
    }
  });
}
