// SPDX-License-Identifier: MIT
// bank.mjs [SECONDS] - 16 clients move the money of 50 people at once for so long (5): purchases, undos, refunds, top-ups,
// pay-outs, among them reads of the whole state. Every read must add up to 0 with all other accounts and show no wallet
// below its floor; in the end everybody has what they began with and what the answers said, to the unit; then the books
// are proven, and made again.
import assert from 'node:assert/strict';
import path from 'node:path';
import { Client, key, mustRun, parallel, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const SECONDS = Number(process.argv[2] || 5);
const [CLIENTS, PEOPLE, PRODUCTS, OPENING] = [16, 50, 10, 2000];
const LATE = new Set(['ERR_ALREADY_UNDONE', 'ERR_PURCHASE_ALREADY_REFUNDED']); // another client was first
const POOR = 'ERR_INSUFFICIENT_BALANCE';

let state = Number(process.env.FF_SEED || 1);
const dice = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };

const has = Array.from({ length: PEOPLE + 1 }, () => OPENING); // by id: what the answers say
const flows = { sold: 0, in: 0, out: 0 };
const purchases = []; // {id, person}, of all clients
const tally = {};

const count = (what, status) => { const name = `${what} ${status}`; tally[name] = (tally[name] || 0) + 1; };

async function post(client, what, target, body, allowed) {
  const r = await client.post(target, body, { headers: { 'Idempotency-Key': key(`bank-${what}`) } });
  count(what, r.status === 201 ? 'booked' : r.json?.code ?? r.status);
  if (r.status === 201) return r.json;
  assert.ok(r.status === 409 && allowed(r.json.code), `${what}: ${r.status} ${r.body}`);
  return null;
}

const works = {
  async buy(client) {
    const person = 1 + dice(PEOPLE);
    const items = [{ productId: 1 + dice(PRODUCTS), quantity: 1 + dice(3) }];
    const p = await post(client, 'purchase', '/api/v1/purchases', { employeeId: person, items }, (code) => code === POOR);
    if (!p) return;
    has[person] -= p.total;
    flows.sold += p.total;
    purchases.push({ id: p.id, person });
  },
  async undo(client) { await takeBack(client, 'undo', (id) => [`/api/v1/purchases/${id}/undo`, {}]); },
  async refund(client) {
    await takeBack(client, 'refund', (id) => [`/api/v1/purchases/${id}/refunds`, { lines: [{ lineNo: 1, quantity: 1 }], reason: 'spoilt' }]);
  },
  async topup(client) {
    const person = 1 + dice(PEOPLE);
    const amount = 1 + dice(800);
    await post(client, 'topup', `/api/v1/employees/${person}/topups`, { amount, source: dice(2) ? 'cash' : 'bank' }, () => false);
    has[person] += amount;
    flows.in += amount;
  },
  async payout(client) {
    const person = 1 + dice(PEOPLE);
    const amount = 1 + dice(600);
    const m = await post(client, 'payout', `/api/v1/employees/${person}/payouts`, { amount, destination: 'cash' }, (code) => code === POOR);
    if (!m) return;
    has[person] -= amount;
    flows.out += amount;
  },
  async look(client) {
    const list = await client.must(200, 'GET', '/api/v1/ledger/accounts?limit=100');
    assert.ok(list.pagination.total <= 100, 'one read is the whole');
    assert.equal(list.data.reduce((sum, a) => sum + a.balance, 0), 0, 'a read of the whole state adds up to 0');
    const wallets = list.data.filter((a) => a.kind === 'wallet');
    assert.equal(wallets.length, PEOPLE);
    for (const wallet of wallets) assert.ok(wallet.balance >= 0, `${wallet.code} is below its floor: ${wallet.balance}`);
    count('look', 'whole');
  },
};

async function takeBack(client, what, request) {
  if (!purchases.length) return;
  const recent = purchases[purchases.length - 1 - dice(Math.min(purchases.length, 40))];
  const back = await post(client, what, ...request(recent.id), (code) => LATE.has(code));
  if (!back) return;
  has[recent.person] += back.amount;
  flows.sold -= back.amount;
}

const MIX = ['buy', 'buy', 'buy', 'buy', 'buy', 'undo', 'undo', 'refund', 'refund', 'topup', 'topup', 'payout', 'look'];

async function check(client) {
  const { data } = await client.must(200, 'GET', '/api/v1/ledger/accounts?limit=100');
  const balance = (test) => data.filter(test).reduce((sum, a) => sum + a.balance, 0);
  for (const a of data.filter((row) => row.kind === 'wallet')) assert.equal(a.balance, has[a.employeeId], a.code);
  assert.equal(balance((a) => a.kind === 'revenue' || a.kind === 'vat'), flows.sold, 'what was sold');
  assert.equal(balance((a) => a.kind === 'cash' || a.kind === 'bank'), flows.out - flows.in, 'what came and went');
  assert.equal(balance((a) => a.kind === 'opening'), -PEOPLE * OPENING);
  assert.equal((await client.must(200, 'GET', '/api/v1/ledger/trial-balance')).sum, 0);
}

const dir = tempDir('ff-bank-');
const canteen = makeCanteen(dir, { people: PEOPLE, products: PRODUCTS, opening: OPENING });
const server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0']);
const first = new Client(server.port);
try {
  const { accessToken } = await first.login(canteen.email, canteen.password);
  const end = Date.now() + SECONDS * 1000;
  await parallel(Array.from({ length: CLIENTS }), CLIENTS, async () => {
    const client = new Client(server.port, { token: accessToken });
    while (Date.now() < end) await works[MIX[dice(MIX.length)]](client);
    client.close();
  });
  await check(first);
  await server.stop();
  mustRun(['verify', ...canteen.data]);
  mustRun(['rebuild', path.join(dir, 'again.db'), ...canteen.data]);
  const least = ['purchase booked', 'undo booked', 'refund booked', 'topup booked', 'payout booked', 'look whole', `purchase ${POOR}`, 'undo ERR_ALREADY_UNDONE'];
  for (const name of least) assert.ok(tally[name] > 3, `too few: ${name}: ${JSON.stringify(tally)}`);
  console.log(`bank: ${SECONDS} s, ${JSON.stringify(tally)}`);
} finally {
  first.close();
  await server.kill();
  remove(dir);
}
