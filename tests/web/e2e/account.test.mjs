// SPDX-License-Identifier: MIT
// account.test.mjs - a person's own account in the real browser: where they are signed in, the password that is asked for
// again, and many tabs on one cookie.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Client } from '../../lib/server.mjs';
import { PHONE, axe, closeBrowser, keepEvidence, openBrowser, openPage, signIn, startDemo } from './browser.mjs';

const EMPLOYEE = ['employee@feastfrenzy.com', 'Employee123!'];
let demo = null;

before(async () => {
  demo = await startDemo(['--clock', '2026-11-20']);
  await openBrowser();
});

after(async () => {
  await closeBrowser();
  await demo?.server.stop();
});

function journey(name, options, steps) {
  test(name, async () => {
    const page = await openPage(demo, options);
    try {
      await signIn(page, demo, ...EMPLOYEE);
      await steps(page);
      await page.shut();
    } catch (error) {
      await keepEvidence(name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60), page, demo);
      throw error;
    }
  });
}

async function elsewhere() {
  const client = new Client(demo.port);
  await client.login(...EMPLOYEE);
  return client;
}

const isIn = async (client) => (await client.get('/api/v1/auth/me')).status === 200;

async function openAccount(page) {
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
  await page.locator('[data-cy="session-current"]').waitFor();
}

async function later(minutes) {
  const client = new Client(demo.port);
  const now = new Date((await client.must(200, 'GET', '/health')).timestamp ?? Date.now());
  await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(now.getTime() + minutes * 60_000).toISOString() } });
  client.close();
}

journey('where am I signed in: one is ended, then all others', { viewport: PHONE }, async (page) => {
  const [one, two, three] = [await elsewhere(), await elsewhere(), await elsewhere()];
  await openAccount(page);
  const others = page.locator('[data-cy="session"]');
  const n = await others.count();
  assert.ok(n >= 3, `${n} other sessions`);
  assert.match(await page.locator('[data-cy="session-current"]').innerText(), /Chrome, Linux[\s\S]*This device/);
  await axe(page, 'the account dialog');
  await others.first().getByRole('button').click();
  await page.getByText('That device is signed out.').waitFor();
  await page.waitForFunction((before) => document.querySelectorAll('[data-cy="session"]').length === before - 1, n);
  assert.equal([await isIn(one), await isIn(two), await isIn(three)].filter(Boolean).length, 2);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('You are signed in on this device only.').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-cy="session"]').length === 0);
  assert.equal([await isIn(one), await isIn(two), await isIn(three)].filter(Boolean).length, 0);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.locator('[data-cy="balance"]').waitFor();
  [one, two, three].forEach((client) => client.close());
});

journey('the password is asked for again, and what waited goes on', { allow: [/40[13]/] }, async (page) => {
  await page.getByRole('link', { name: 'My data' }).click();
  await later(6);
  const download = page.locator('[data-cy="my-data-json"]');
  await download.click();
  const password = page.locator('#confirm-password');
  await password.waitFor();
  await axe(page, 'the password dialog');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Please confirm with your password.').waitFor();
  await download.click();
  await password.fill('Employee124!');
  await password.press('Enter');
  await page.getByText(/is wrong/).waitFor();
  await password.fill(EMPLOYEE[1]);
  const [file] = await Promise.all([page.waitForEvent('download'), password.press('Enter')]);
  assert.match(readFileSync(await file.path(), 'utf8'), /employee@feastfrenzy\.com/);
  await password.waitFor({ state: 'detached' });
});

journey('tabs that refresh at the same time sign nobody out', {}, async (page) => {
  const tabs = [page];
  for (let i = 0; i < 3; i += 1) {
    const tab = await page.context().newPage();
    tab.on('response', (r) => { if (r.status() >= 400) page.complaints.push(`${r.status()} ${r.url()}`); });
    tabs.push(tab);
  }
  for (let round = 0; round < 4; round += 1) {
    await Promise.all(tabs.map((tab) => tab.goto(`${demo.url}/products`)));
    await Promise.all(tabs.map((tab) => tab.locator('[data-cy="balance"]').waitFor()));
  }
  // a reload that is cut off by the next one: its answer never arrives, its token is spent
  for (let i = 0; i < 5; i += 1) await page.goto(`${demo.url}/products`, { waitUntil: 'commit' });
  await page.locator('[data-cy="balance"]').waitFor();
});
