// SPDX-License-Identifier: MIT
// journeys.test.mjs - what people do with the product, in the real browser against the real program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, key } from '../../lib/server.mjs';
import { PHONE, amountOf, closeBrowser, keepEvidence, openBrowser, openKiosk, openPage, scan, signIn, startDemo } from './browser.mjs';

let demo = null;
let admin = null;

before(async () => {
  demo = await startDemo();
  await openBrowser();
  admin = new Client(demo.port);
  await admin.login('admin@feastfrenzy.com', 'Admin123!');
});

after(async () => {
  await closeBrowser();
  admin?.close();
  await demo?.server.stop();
});

// Opens a page, runs the journey, keeps the evidence when it fails.
function journey(name, open, steps) {
  test(name, async () => {
    const page = await open();
    try {
      await steps(page);
      await page.shut();
    } catch (error) {
      await keepEvidence(name.replace(/[^a-z0-9]+/gi, '-').slice(0, 60), page, demo);
      throw error;
    }
  });
}

const kiosk = (options) => () => openKiosk(demo, options);
const web = (options) => () => openPage(demo, options);
const by = (page, hook) => page.locator(`[data-cy="${hook}"]`);
const heading = (page, name) => page.getByRole('heading', { name });
const balanceOf = async (id) => (await admin.must(200, 'GET', `/api/v1/employees/${id}/balance`)).balance;
const purchasesOf = async (id) => (await admin.must(200, 'GET', `/api/v1/purchases?employeeId=${id}&limit=1`)).pagination.total;

// Makes sure that the person can pay for what follows.
async function fill(id, amount = 20000) {
  await admin.must(201, 'POST', `/api/v1/employees/${id}/topups`,
    { body: { amount, source: 'cash' }, headers: { 'Idempotency-Key': key('journey-topup') } });
}

async function patchProduct(id, body) {
  const product = await admin.must(200, 'GET', `/api/v1/products/${id}`);
  return admin.must(200, 'PATCH', `/api/v1/products/${id}`, { body, headers: { 'If-Match': `"v${product.version}"` } });
}

async function identify(page, badge = 'FF-0001') {
  await scan(page, badge);
  await by(page, 'checkout').waitFor();
}

journey('an employee signs in, buys product-1 and reads the new balance', web({ viewport: PHONE }), async (page) => {
  await fill(1);
  await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!');
  await page.waitForURL(/\/products$/);
  const before = await amountOf(by(page, 'balance'));
  assert.equal(before, await balanceOf(1));
  await by(page, 'product-1').click();
  await by(page, 'add-to-cart').click();
  await by(page, 'checkout').click();
  await by(page, 'confirm-purchase').click();
  await page.getByText('Purchase successful').first().waitFor();
  assert.equal(await amountOf(by(page, 'balance')), before - 890);
  assert.equal(await balanceOf(1), before - 890);
});

journey('a badge at the kiosk: tap, pay, read the new balance, undo', kiosk(), async (page) => {
  await fill(1);
  await identify(page);
  const before = await amountOf(by(page, 'balance'));
  await by(page, 'product-1').first().click();
  await by(page, 'checkout').click();
  await page.getByText('Purchase successful').waitFor();
  assert.equal(await amountOf(by(page, 'balance')), before - 890);
  await by(page, 'undo-purchase').click();
  await heading(page, 'Purchase undone').waitFor();
  assert.equal(await amountOf(by(page, 'balance')), before);
  assert.equal(await balanceOf(1), before);
});

journey('the employer pays half: the tray asks for one\'s own part only', kiosk(), async (page) => {
  await fill(1);
  const rule = await admin.must(201, 'POST', '/api/v1/subsidy-rules', { body: { name: 'Half', kind: 'percent', value: 500000 } });
  try {
    await identify(page);
    const before = await amountOf(by(page, 'balance'));
    await by(page, 'product-1').first().click();
    await page.getByText('Your part').waitFor();
    assert.match(await by(page, 'checkout').innerText(), /445/);
    assert.equal(await amountOf(page.locator('.sum dd').nth(1)), before - 445);
    await by(page, 'checkout').click();
    await page.getByText('Purchase successful').waitFor();
    assert.equal(await amountOf(by(page, 'balance')), before - 445);
    assert.equal(await balanceOf(1), before - 445);
  } finally {
    await admin.must(200, 'PATCH', `/api/v1/subsidy-rules/${rule.id}`, { body: { active: false }, headers: { 'If-Match': `"v${rule.version}"` } });
  }
});

journey('a name and a PIN', kiosk(), async (page) => {
  await page.getByRole('button', { name: 'or touch the screen' }).click();
  await page.getByRole('button', { name: 'Kovács Péter' }).first().click();
  for (const digit of '1397') await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await by(page, 'checkout').waitFor();
});

journey('a number and a wrong PIN, then the right one', kiosk({ allow: [/401/] }), async (page) => {
  await page.getByRole('button', { name: 'or touch the screen' }).click();
  await page.getByRole('button', { name: 'Number', exact: true }).click();
  await page.locator('#number').fill('EMP001');
  await page.locator('#pin').fill('1398');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/PIN is wrong|wrong/i).first().waitFor();
  await page.locator('#pin').fill('1397');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await by(page, 'checkout').waitFor();
});

journey('an unknown badge is told, with its last characters', kiosk({ allow: [/401/] }), async (page) => {
  await scan(page, 'XX-9999');
  await page.getByText('9999').first().waitFor();
});

journey('express: badge, dish, badge - no further tap', kiosk(), async (page) => {
  await fill(2);
  await identify(page, 'FF-0002');
  await by(page, 'product-58').first().click();
  // The same badge within 1.5 s is the same swipe; the reader is used again after the dish was taken.
  await page.waitForFunction((t) => performance.now() > t, await page.evaluate(() => performance.now() + 1600));
  await scan(page, 'FF-0002');
  await page.getByText('Purchase successful').waitFor();
});

journey('balance too low names what is missing; the tray is kept', kiosk({ allow: [/409/] }), async (page) => {
  await identify(page, 'FF-0003');
  const have = await balanceOf(3);
  const pieces = Math.min(99, Math.floor(have / 2290) + 1);
  for (let i = 0; i < pieces; i += 1) await by(page, 'product-21').first().click();
  await by(page, 'checkout').click();
  await heading(page, /balance is too low|monthly limit/i).waitFor();
  await page.getByRole('button', { name: 'Back to the tray' }).click();
  assert.equal(await amountOf(page.locator('.tray .step .num')), pieces);
  assert.equal(await balanceOf(3), have);
});

journey('sold out while in the tray: told, and the tray is kept', kiosk({ allow: [/409/] }), async (page) => {
  await fill(4);
  await identify(page, 'FF-0004');
  await by(page, 'product-47').first().click();
  await by(page, 'product-58').first().click();
  await patchProduct(47, { available: false });
  try {
    await by(page, 'checkout').click();
    await heading(page, 'Not available any more').waitFor();
    await page.getByRole('button', { name: /^Take .* off the tray$/ }).click();
    await by(page, 'checkout').click();
    await page.getByText('Purchase successful').waitFor();
  } finally {
    await patchProduct(47, { available: true });
  }
});

journey('a changed price is asked about before it is paid', kiosk({ allow: [/409/] }), async (page) => {
  await fill(5);
  await identify(page, 'FF-0005');
  await by(page, 'product-59').first().click();
  await patchProduct(59, { price: 95 });
  try {
    await by(page, 'checkout').click();
    await heading(page, 'A price has changed').waitFor();
    const before = await balanceOf(5);
    await page.getByRole('button', { name: /^Pay/ }).last().click();
    await page.getByText('Purchase successful').waitFor();
    assert.equal(await balanceOf(5), before - 95);
  } finally {
    await patchProduct(59, { price: 80 });
  }
});

journey('two presses of Pay book once', kiosk(), async (page) => {
  await fill(6);
  await identify(page, 'FF-0006');
  const before = await purchasesOf(6);
  await by(page, 'product-58').first().click();
  await by(page, 'checkout').dblclick();
  await page.getByText('Purchase successful').waitFor();
  assert.equal(await purchasesOf(6), before + 1);
});

journey('reply lost after it was booked: asked by key, told, charged once', kiosk({ allow: [/ERR_FAILED|Failed to load|404|net::/] }), async (page) => {
  await fill(7);
  await identify(page, 'FF-0007');
  const before = await purchasesOf(7);
  let lost = 0;
  await page.route('**/api/v1/purchases', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('failed');
  });
  await by(page, 'product-58').first().click();
  await by(page, 'checkout').click();
  await page.getByText('Purchase successful').or(page.getByText(/was booked/)).first().waitFor({ timeout: 15000 });
  assert.equal(lost, 1);
  assert.equal(await purchasesOf(7), before + 1);
});

journey('request lost before it was booked: nothing was booked, the tray is kept', kiosk({ allow: [/ERR_FAILED|Failed to load|404|net::/] }), async (page) => {
  await fill(8);
  await identify(page, 'FF-0008');
  const before = await purchasesOf(8);
  let lost = 0;
  await page.route('**/api/v1/purchases', (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    return route.abort('failed');
  });
  await by(page, 'product-58').first().click();
  await by(page, 'checkout').click();
  await page.getByText('Nothing was booked').first().waitFor({ timeout: 15000 });
  assert.equal(await purchasesOf(8), before);
  await page.getByRole('button', { name: 'Back to the tray' }).click();
  await by(page, 'checkout').click();
  await page.getByText('Purchase successful').waitFor();
  assert.equal(await purchasesOf(8), before + 1);
});

journey('reload while paying: the kiosk comes back and tells what became of it', kiosk({ allow: [/ERR_|Failed to load|404|401|net::/] }), async (page) => {
  await fill(9);
  await identify(page, 'FF-0009');
  const before = await purchasesOf(9);
  let held = 0;
  await page.route('**/api/v1/purchases', async (route) => {
    if (route.request().method() !== 'POST' || held > 0) return route.continue();
    held += 1;
    await route.fetch();
    return undefined; // the reply never comes
  });
  await by(page, 'product-58').first().click();
  await by(page, 'checkout').click();
  await page.getByText('Paying…').first().waitFor();
  await assert.doesNotReject(async () => { while ((await purchasesOf(9)) === before) await new Promise((r) => setImmediate(r)); });
  await page.reload();
  await page.getByText(/is not confirmed yet/).waitFor();
  await scan(page, 'FF-0009');
  await page.getByText(/was booked|Purchase successful/).first().waitFor({ timeout: 15000 });
  assert.equal(await purchasesOf(9), before + 1);
});

// The hurried clock lets the second-by-second keep-alive cross the sign-out: that one 401 is its doing.
journey('nobody there: a warning, then the first screen, and the session is over', web({ allow: [/401.*kiosk\/me|kiosk\/me/] }), async (page) => {
  await page.clock.install();
  await page.goto(`${demo.url}/kiosk#pair=${demo.pairCode}`);
  await page.getByRole('button', { name: 'or touch the screen' }).waitFor();
  await identify(page, 'FF-0010');
  await page.clock.runFor(43000);
  assert.equal(await heading(page, 'Still there?').count(), 0);
  await page.clock.runFor(3000);
  await heading(page, 'Still there?').waitFor();
  await page.clock.runFor(15000);
  await heading(page, 'Scan your badge').waitFor();
});

journey('another badge while the tray is filled asks first', kiosk(), async (page) => {
  await identify(page, 'FF-0011');
  await by(page, 'product-58').first().click();
  await scan(page, 'FF-0012');
  await heading(page, 'Another badge').waitFor();
  await page.getByRole('button', { name: 'Use the other badge' }).click();
  await page.getByText('EMP012').first().waitFor();
});

journey('keyboard only: from the first screen to the receipt', kiosk(), async (page) => {
  await fill(1);
  await page.getByRole('button', { name: 'or touch the screen' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Number', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.locator('#number').fill('EMP001');
  await page.locator('#pin').fill('1397');
  await page.getByRole('button', { name: 'Sign in' }).focus();
  await page.keyboard.press('Enter');
  await by(page, 'checkout').waitFor();
  await page.locator('button.tile:not([disabled])').first().focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Purchase successful').waitFor();
});

journey('the kiosk speaks Hungarian and German', kiosk(), async (page) => {
  for (const [language, lang] of [['Magyar', 'hu'], ['Deutsch', 'de']]) {
    await page.getByRole('button', { name: language }).click();
    await page.waitForFunction((l) => document.documentElement.lang === l, lang);
  }
});

journey('an account without an employee is told what to do', web(), async (page) => {
  await signIn(page, demo, 'admin@feastfrenzy.com', 'Admin123!');
  await heading(page, 'Your account is not linked to an employee').waitFor();
});

journey('wrong password: told at the form, nothing else happens', web({ allow: [/401/] }), async (page) => {
  await page.goto(`${demo.url}/login`);
  await page.locator('#email').fill('employee@feastfrenzy.com');
  await page.locator('#password').fill('Employee124!');
  await page.locator('#password').press('Enter');
  await page.getByText(/wrong/i).first().waitFor();
});

journey('an unknown address shows the product\'s own page', web({ allow: [/404/] }), async (page) => {
  await page.goto(`${demo.url}/no-such-page`);
  await heading(page, 'This page does not exist').waitFor();
});

journey('an unpaired kiosk shows a code; an admin confirms it, and it is a kiosk until it is revoked', web({ allow: [/401/] }), async (page) => {
  await page.goto(`${demo.url}/kiosk`);
  await heading(page, 'Connect this kiosk').waitFor();
  await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).waitFor();
  const code = await page.locator('.pair-code').innerText();
  const made = await admin.must(201, 'POST', '/api/v1/kiosks/pairings', { body: { code, name: 'Journey kiosk' } });
  await heading(page, 'Scan your badge').waitFor({ timeout: 20000 });
  await identify(page, 'FF-0013');
  await admin.must(204, 'POST', `/api/v1/kiosks/${made.id}/revoke`);
  await by(page, 'product-58').first().click();
  await by(page, 'checkout').click();
  await heading(page, 'Connect this kiosk').waitFor();
  assert.equal(await page.getByText('EMP013').count(), 0, 'nothing of the person is left');
});

journey('a code that was given is typed at the kiosk', web({ allow: [/401/] }), async (page) => {
  const { code } = await admin.must(201, 'POST', '/api/v1/kiosks', { body: { name: 'Typed kiosk' } });
  await page.goto(`${demo.url}/kiosk`);
  await page.getByRole('button', { name: 'I was given a code' }).click();
  await page.locator('#code').fill('ABCD-EFGH-JKMN');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText(/wrong, used or expired/).waitFor();
  await page.locator('#code').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Connect' }).click();
  await heading(page, 'Scan your badge').waitFor();
});

journey('a new badge is linked with a code from the manager', kiosk({ allow: [/409.*kiosk\/badges|kiosk\/badges/] }), async (page) => {
  const { code } = await admin.must(200, 'POST', '/api/v1/employees/14/badge-code');
  await page.getByRole('button', { name: 'or touch the screen' }).click();
  await page.getByRole('button', { name: 'Badge', exact: true }).click();
  await page.getByRole('button', { name: 'I have a code for a new badge' }).click();
  await page.locator('#link-code').fill(code);
  await page.getByRole('button', { name: 'Next' }).click();
  await heading(page, 'Now hold your badge to the reader').waitFor();
  await scan(page, 'FF-0001');
  await page.getByText('belongs to somebody already').waitFor();
  await scan(page, 'NEW-0014');
  await page.getByText(/This badge is yours now/).waitFor();
  await heading(page, 'Scan your badge').waitFor();
  assert.equal((await admin.must(200, 'GET', '/api/v1/employees/14/badges')).data.length, 2);
});

journey('an invited person makes an account on the phone and is signed in', web({ viewport: PHONE, allow: [/400.*accept|auth\/accept/] }), async (page) => {
  const { code } = await admin.must(200, 'POST', '/api/v1/users/invitations', { body: { employeeId: 15 } });
  await page.goto(`${demo.url}/welcome#${code}`);
  await heading(page, /^Welcome, /).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the code is out of the address bar');
  await page.locator('#email').fill('invited@works.example');
  await page.locator('#password').fill('Gulyas-2026');
  await page.locator('#pin').fill('1234');
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.getByText('too easy to guess').waitFor();
  await page.locator('#pin').fill('2580');
  await page.getByRole('button', { name: 'Make my account' }).click();
  await page.waitForURL(/\/products$/);
  await by(page, 'balance').waitFor();
});
