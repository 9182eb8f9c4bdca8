// SPDX-License-Identifier: MIT
// parallel.mjs - what only many connections at once can show: a balance for one against 64 buyers, one key sent by 64
// connections, the late retry of an undone purchase. Ends with `verify`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, mustRun, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const MANY = 64;
const OPENING = 150; // dish 1 costs 101: enough for one

async function withServer(opening, work) {
  const dir = tempDir('ff-parallel-');
  const canteen = makeCanteen(dir, { people: 3, opening });
  const server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0']);
  const client = new Client(server.port, { connections: MANY });
  try {
    await client.login(canteen.email, canteen.password);
    await work(client);
    await server.stop();
    mustRun(['verify', ...canteen.data]);
  } finally {
    client.close();
    await server.kill();
    remove(dir);
  }
}

const buy = (client, key, employeeId = 1, productId = 1) =>
  client.post('/api/v1/purchases', { employeeId, items: [{ productId, quantity: 1 }] }, { headers: { 'Idempotency-Key': key } });
const all = (work) => Promise.all(Array.from({ length: MANY }, (_, i) => work(i)));
const balance = async (client, id) => (await client.must(200, 'GET', `/api/v1/employees/${id}/balance`)).balance;

test('64 connections against a balance for one: exactly one buys', () => withServer(OPENING, async (client) => {
  const replies = await all((i) => buy(client, `one-for-all-${String(i).padStart(8, '0')}`));
  assert.equal(replies.filter((r) => r.status === 201).length, 1);
  const refused = replies.filter((r) => r.status !== 201);
  for (const r of refused) {
    assert.equal(r.status, 409);
    assert.equal(r.json.code, 'ERR_INSUFFICIENT_BALANCE');
    assert.deepEqual(r.json.params, { balance: OPENING - 101, required: 101, missing: 101 - (OPENING - 101) });
  }
  assert.equal(await balance(client, 1), OPENING - 101);
  const list = await client.must(200, 'GET', '/api/v1/purchases?employeeId=1');
  assert.equal(list.pagination.total, 1);
}));

test('one key sent by 64 connections at once: one booking, 64 equal answers', () => withServer(100000, async (client) => {
  const replies = await all(() => buy(client, 'the-same-key-for-everyone'));
  assert.equal(replies.filter((r) => r.status === 201).length, 1);
  assert.equal(replies.filter((r) => r.status === 200).length, MANY - 1);
  const answers = new Set(replies.map((r) => JSON.stringify({ ...r.json, replayed: null, undoSeconds: null })));
  assert.equal(answers.size, 1);
  for (const r of replies) assert.equal(r.headers['idempotency-replayed'], r.status === 200 ? 'true' : undefined);
  assert.equal(await balance(client, 1), 100000 - 101);
}));

test('same key, other body: 409, and nothing more is booked', () => withServer(100000, async (client) => {
  assert.equal((await buy(client, 'a-key-that-is-reused')).status, 201);
  const other = await buy(client, 'a-key-that-is-reused', 1, 2);
  assert.equal(other.status, 409);
  assert.equal(other.json.code, 'ERR_IDEMPOTENCY_KEY_REUSED');
  assert.equal(await balance(client, 1), 100000 - 101);
}));

test('late retry of an undone purchase: the original again, no new charge', () => withServer(100000, async (client) => {
  const first = await buy(client, 'bought-undone-retried');
  const undo = () => client.post(`/api/v1/purchases/${first.json.id}/undo`, {}, { headers: { 'Idempotency-Key': 'the-undo-of-that-one' } });
  const undone = await undo();
  assert.equal(undone.status, 201);
  assert.equal(undone.json.balanceAfter, 100000);
  const again = await buy(client, 'bought-undone-retried');
  assert.equal(again.status, 200);
  assert.equal(again.json.id, first.json.id);
  assert.equal(again.json.undone, true);
  assert.equal((await undo()).json.id, undone.json.id, 'the undo itself is booked once');
  assert.equal(await balance(client, 1), 100000);
}));

test('64 undos of one purchase, a key each: one is booked', () => withServer(100000, async (client) => {
  const first = await buy(client, 'undone-by-everybody');
  const replies = await all((i) => client.post(`/api/v1/purchases/${first.json.id}/undo`, {},
    { headers: { 'Idempotency-Key': `undo-number-${String(i).padStart(8, '0')}` } }));
  assert.equal(replies.filter((r) => r.status === 201).length, 1);
  assert.ok(replies.filter((r) => r.status !== 201).every((r) => r.json.code === 'ERR_ALREADY_UNDONE'));
  assert.equal(await balance(client, 1), 100000);
}));
