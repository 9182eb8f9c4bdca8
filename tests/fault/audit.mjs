// SPDX-License-Identifier: MIT
// audit.mjs [ROUNDS] - kill -9 while people buy and an admin changes prices: no change is ever without its entry in the
// audit log, no entry without its change, and the log proves itself after each blow.
import assert from 'node:assert/strict';
import { Client, key, mustRun, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const ROUNDS = Number(process.argv[2] || 10);
const BUYERS = 8;

const dir = tempDir('ff-audit-');
let server = null, bought = 0, changed = 0;

const broke = (error) => { if (!error.code) throw error; }; // the connection broke: outcome unknown

async function buy(client, n, blow) {
  for (;;) {
    const r = await client.post('/api/v1/purchases', { employeeId: 1 + (n % 8), items: [{ productId: 1 + (n % 5), quantity: 1 }] },
      { headers: { 'Idempotency-Key': key('audit') } });
    assert.equal(r.status, 201, r.body);
    bought += 1;
    if (bought >= blow) server.child.kill('SIGKILL');
  }
}

// Prices of one product, each read before it is changed.
async function change(client) {
  for (;;) {
    const r = await client.get('/api/v1/products/10');
    const price = r.json.price === 200 ? 300 : 200;
    const c = await client.request('PATCH', '/api/v1/products/10', { body: { price }, headers: { 'If-Match': r.headers.etag } });
    assert.equal(c.status, 200, c.body);
    changed += 1;
  }
}

// What is in the database against what is in the log.
function compare(data) {
  const report = JSON.parse(mustRun(['audit', 'verify', '--json', ...data]));
  const { journals, purchases } = JSON.parse(mustRun(['verify', '--json', ...data]));
  const entries = mustRun(['export', 'audit', ...data]).trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(report.ok && entries.length >= report.entries);
  const booked = entries.filter((e) => e.action === 'purchase.create');
  assert.equal(booked.length, purchases);
  assert.equal(new Set(booked.map((e) => e.entityId)).size, purchases);
  assert.equal(entries.filter((e) => /^(purchase|ledger)\./.test(e.action) && e.newValues?.balance !== undefined).length, journals);
  const prices = entries.filter((e) => e.action === 'product.change' && e.newValues?.price);
  for (let i = 0; i + 1 < prices.length; i += 1) assert.equal(prices[i].oldValues.price, prices[i + 1].newValues.price);
  return { purchases, last: prices[0]?.newValues.price, prices: prices.length };
}

try {
  const canteen = makeCanteen(dir, { people: 8 });
  let state = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0']);
    const client = new Client(server.port, { connections: BUYERS + 1 });
    await client.login(canteen.email, canteen.password);
    if (state?.last) assert.equal((await client.must(200, 'GET', '/api/v1/products/10')).price, state.last, 'the last entry is the last change');
    const blow = bought + 20 + round * 7;
    await Promise.all([change(client).catch(broke), ...Array.from({ length: BUYERS }, (_, n) => buy(client, n, blow).catch(broke))]);
    client.close();
    await server.ended.catch(() => {});
    state = compare(canteen.data);
    assert.ok(state.purchases >= bought && state.prices >= changed, 'what was acknowledged is there');
  }
  console.log(`${ROUNDS} kills: ${state.purchases} purchases and ${state.prices} changes of a price, each with its entry, the log sound each time`);
} catch (error) {
  if (server) console.error(server.log().slice(-4000));
  throw error;
} finally {
  if (server) await server.kill();
  remove(dir);
}
