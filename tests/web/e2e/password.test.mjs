// SPDX-License-Identifier: MIT
// password.test.mjs - a forgotten password, a changed one, and too many wrong ones, in the real browser.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { mustRun, remove, tempDir } from '../../lib/server.mjs';
import { axe, closeBrowser, keepEvidence, openBrowser, openPage, signIn, startDemo } from './browser.mjs';

const EMPLOYEE = 'employee@feastfrenzy.com';
const FIRST = 'Correct-Horse-7';
const SECOND = 'Battery-Staple-8';
let dir = null;
let demo = null;

before(async () => {
  dir = tempDir('ff-e2e-password-');
  demo = await startDemo(['--keep', path.join(dir, 'data'), '--mail', 'spool']);
  await openBrowser();
});
after(async () => {
  await closeBrowser();
  await demo?.server.stop();
  if (dir) remove(dir);
});

function journey(name, allow, steps) {
  test(name, async () => {
    const page = await openPage(demo, { viewport: { width: 320, height: 640 }, allow });
    try {
      await steps(page);
      await page.shut();
    } catch (error) {
      await keepEvidence(name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60), page, demo);
      throw error;
    }
  });
}

async function messageWith(text) {
  const spool = path.join(dir, 'data', 'spool');
  for (let i = 0; i < 200; i++) {
    let files = [];
    try { files = readdirSync(spool).filter((f) => f.endsWith('.eml')); } catch { /* not yet */ }
    const found = files.map((f) => readFileSync(path.join(spool, f), 'utf8')).find((t) => t.includes(text));
    if (found) return found;
    await pause(50);
  }
  throw new Error(`no message with ${text}`);
}

const heading = (page, name) => page.getByRole('heading', { name });
const alert = (page) => page.locator('[role="alert"].box');

journey('forgotten: a message, its link, a new password, and the link no longer', [/400/], async (page) => {
  await page.goto(`${demo.url}/login`);
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await heading(page, 'Forgot your password?').waitFor();
  await axe(page, 'forgot');
  await page.locator('#email').fill(EMPLOYEE);
  await page.locator('#email').press('Enter');
  await heading(page, 'Look into your mailbox').waitFor();
  const link = /\/reset#(\S+)/.exec(await messageWith('/reset#'))[0];
  await page.goto(demo.url + link);
  await heading(page, 'Choose a new password').waitFor();
  await page.waitForFunction(() => !location.hash); // the token leaves the address bar
  await axe(page, 'reset');
  await page.locator('#new-password').fill('short');
  await page.locator('#new-password').press('Enter');
  await alert(page).waitFor();
  await page.locator('#new-password').fill(FIRST);
  await page.locator('#new-password').press('Enter');
  await heading(page, 'Your new password is set').waitFor();
  await page.goto('about:blank');
  await page.goto(demo.url + link);
  await page.locator('#new-password').fill(SECOND);
  await page.locator('#new-password').press('Enter');
  assert.match(await alert(page).innerText(), /no longer valid/);
  await signIn(page, demo, EMPLOYEE, FIRST);
});

journey('changed by its owner: the current one is asked for, and the session goes on', [/400|401/], async (page) => {
  await signIn(page, demo, EMPLOYEE, FIRST);
  await page.getByRole('link', { name: 'Change password' }).click();
  await heading(page, 'Change your password').waitFor();
  await axe(page, 'change');
  await page.locator('#password').fill('Not-The-One-1');
  await page.locator('#new-password').fill(SECOND);
  await page.locator('#new-password').press('Enter');
  assert.equal(await alert(page).innerText(), 'The current password is wrong.');
  await page.locator('#password').fill(FIRST);
  await page.locator('#new-password').press('Enter');
  await page.getByText('Your password is changed.').waitFor();
  await page.waitForURL(/\/products$/);
  await page.locator('[data-cy="balance"]').waitFor();
  await page.reload();
  await page.locator('[data-cy="balance"]').waitFor();
});

journey('too many wrong ones: the page says how many minutes; a one-time code helps', [/401|423/], async (page) => {
  await page.goto(`${demo.url}/login`);
  await page.locator('#email').fill(EMPLOYEE);
  for (let i = 0; i < 6; i++) {
    await page.locator('#password').fill(`Wrong-${i}`);
    const reply = page.waitForResponse((r) => r.url().endsWith('/auth/login'));
    await page.locator('#password').press('Enter');
    assert.equal((await reply).status(), i < 5 ? 401 : 423);
  }
  await page.getByText('Too many attempts. Try again in 15 minutes.').waitFor();
  const code = /with {2}(\S+)/.exec(mustRun(['user', 'otp', EMPLOYEE, '--data', path.join(dir, 'data')]))[1];
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByRole('link', { name: 'I have a one-time code' }).click();
  await heading(page, 'One-time code').waitFor();
  await axe(page, 'code');
  await page.locator('#email').fill(EMPLOYEE);
  await page.locator('#code').fill(code.toLowerCase());
  await page.locator('#code').press('Enter');
  await page.waitForURL(/\/products$/);
});
