// SPDX-License-Identifier: MIT
// privacy.test.mjs - what the browser keeps of a person: no cookie but two that no script reads, no token in any
// storage, nothing from anywhere else (every page fails on a foreign request); and the copy that a person takes along.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { closeBrowser, keepEvidence, openBrowser, openKiosk, openPage, scan, signIn, startDemo } from './browser.mjs';

let demo = null;
before(async () => { demo = await startDemo(); await openBrowser(); });
after(async () => { await closeBrowser(); await demo?.server.stop(); });

const by = (page, hook) => page.locator(`[data-cy="${hook}"]`);

async function journey(name, page, steps) {
  try {
    await steps(page);
    await page.shut();
  } catch (error) {
    await keepEvidence(name, page, demo);
    throw error;
  }
}

// The secrets in replies of the API, as they go by.
function tapSecrets(page) {
  const secrets = new Set();
  page.on('response', async (r) => {
    if (!r.url().includes('/api/')) return;
    const text = await r.text().catch(() => '');
    for (const [, secret] of text.matchAll(/"(?:accessToken|refreshToken|token)":"([^"]{20,})"/g)) secrets.add(secret);
  });
  return secrets;
}

// All that script could read later: both storages, databases (purchases whose answer is unknown), the worker's cache.
const kept = (page) => page.evaluate(async () => {
  const cached = [];
  const rows = [];
  const ask = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
  for (const { name } of await indexedDB.databases()) {
    const db = await ask(indexedDB.open(name));
    for (const store of db.objectStoreNames) rows.push([store, await ask(db.transaction(store).objectStore(store).getAll())]);
    db.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) cached.push(new URL(request.url).pathname);
  return {
    storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }, rows]),
    cookie: document.cookie,
    cached,
  };
});

async function keepsNothing(page, secrets, allowed) {
  const { storage, cookie, cached } = await kept(page);
  assert.ok(secrets.size > 0, 'a secret went by');
  for (const secret of secrets) assert.ok(!storage.includes(secret), `a token is in a storage: ${storage}`);
  assert.doesNotMatch(storage, /eyJ[A-Za-z0-9_-]{10,}\./, 'something like a token is in a storage');
  assert.equal(cookie, '', 'a script can read a cookie');
  assert.deepEqual(cached.filter((path) => path.startsWith('/api/')), []);
  const cookies = await page.context().cookies();
  assert.deepEqual(cookies.map((c) => c.name).sort(), allowed);
  for (const c of cookies) assert.deepEqual([c.httpOnly, c.sameSite], [true, 'Strict'], c.name);
}

test('a signed-in browser keeps one cookie and no token', async () => {
  const page = await openPage(demo);
  const secrets = tapSecrets(page);
  await journey('privacy-browser', page, async () => {
    await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!');
    await by(page, 'product-1').waitFor();
    await keepsNothing(page, secrets, ['ff_refresh']);
  });
});

test('a kiosk keeps one cookie, also after a visit', async () => {
  const page = await openKiosk(demo);
  const secrets = tapSecrets(page);
  await journey('privacy-kiosk', page, async () => {
    await scan(page, 'FF-0001');
    await by(page, 'checkout').waitFor();
    await keepsNothing(page, secrets, ['ff_device']);
  });
});

test('a person takes a copy of everything along, as JSON and as a table', async () => {
  const page = await openPage(demo);
  await journey('privacy-copy', page, async () => {
    await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!');
    await page.getByRole('link', { name: 'My data' }).click();
    await page.getByRole('heading', { level: 1, name: 'My data' }).waitFor();
    const take = async (form) => {
      const [download] = await Promise.all([page.waitForEvent('download'), by(page, `my-data-${form}`).click()]);
      assert.match(download.suggestedFilename(), new RegExp(`^My data \\d{4}-\\d\\d-\\d\\d\\.${form}$`));
      await page.getByText('is in your downloads').waitFor();
      return readFileSync(await download.path(), 'utf8');
    };
    const all = JSON.parse(await take('json'));
    assert.equal(all.account[0].email, 'employee@feastfrenzy.com');
    assert.ok(all.purchases.length > 10);
    assert.ok(all.purchaseItems.length >= all.purchases.length);
    assert.match(await take('csv'), /\r\npurchases\r\nid,recordedAt,businessDate,total,/);
  });
});

test('the page of a stranger leads to the sign-in, and one whose copy fails says so', async () => {
  const page = await openPage(demo, { allow: [/503/, /Failed to load resource/] });
  await journey('privacy-refused', page, async () => {
    await page.goto(`${demo.url}/me/data`);
    await page.waitForURL(/\/login$/);
    await signIn(page, demo, 'employee@feastfrenzy.com', 'Employee123!');
    await page.goto(`${demo.url}/me/data`);
    await page.route('**/api/v1/me/export', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json',
      body: JSON.stringify({ status: 503, code: 'ERR_BUSY', requestId: 'abc-12345', retry: 'after', detail: '', params: {}, errors: [] }) }));
    await by(page, 'my-data-json').click();
    await page.getByText('abc-12345').waitFor();
    assert.ok(await by(page, 'my-data-json').isEnabled());
  });
});
