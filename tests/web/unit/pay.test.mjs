// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError, NetError } from '../../../web/src/api/client';
import { isDecided, pay, settle } from '../../../web/src/app/pay';

const KEY = 'mabc1234-0123456789abcdefghij';
const entry = { key: KEY, employeeId: 1, firstName: 'Anna', total: 890, startedAt: 0 };
const body = { items: [{ productId: 1, quantity: 1 }], expectedTotal: 890 };
const purchase = { id: 7, total: 890 };

const refusal = (status, code) =>
  new ApiError({ status, code, detail: '', requestId: '', retry: 'no', params: {}, errors: [] });

/** Ports whose answers are given in advance; an Error is thrown. */
function bench({ send = [], find = [] }) {
  const log = [];
  const shelf = new Map();
  const next = (name, list) => {
    log.push(name);
    assert.ok(list.length, `${name} was called too often`);
    const answer = list.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return {
    log,
    shelf,
    async send(key, sent) {
      assert.deepEqual([key, sent], [KEY, body]);
      return next('send', send);
    },
    async find(key) {
      assert.equal(key, KEY);
      return next('find', find);
    },
    async pause() {
      log.push('pause');
    },
    store: {
      async put(e) {
        log.push('put');
        shelf.set(e.key, e);
      },
      async drop(key) {
        log.push('drop');
        shelf.delete(key);
      },
      async all() {
        return [...shelf.values()];
      },
    },
  };
}

test('a purchase is written down before it is sent and forgotten when booked', async () => {
  const b = bench({ send: [purchase] });
  assert.deepEqual(await pay(entry, body, b), { kind: 'booked', purchase });
  assert.deepEqual(b.log, ['put', 'send', 'drop']);
});

test('a clear refusal is forgotten: nothing was booked', async () => {
  const error = refusal(409, 'ERR_INSUFFICIENT_BALANCE');
  const b = bench({ send: [error] });
  assert.deepEqual(await pay(entry, body, b), { kind: 'refused', error });
  assert.equal(b.shelf.size, 0);
});

test('no answer, a time limit or a server fault leaves the outcome open and kept', async () => {
  for (const lost of [new NetError('gone'), refusal(500, 'ERR_INTERNAL'), refusal(503, 'ERR_BUSY'), refusal(408, 'X')]) {
    const b = bench({ send: [lost] });
    assert.deepEqual(await pay(entry, body, b), { kind: 'unsure' });
    assert.equal(b.shelf.size, 1);
    assert.equal(b.log.filter((x) => x === 'send').length, 1, 'never sent again by itself');
  }
});

test('a key that was used after all tells the purchase it was used for', async () => {
  const b = bench({ send: [refusal(409, 'ERR_IDEMPOTENCY_KEY_REUSED')], find: [purchase] });
  assert.deepEqual(await pay(entry, body, b), { kind: 'booked', purchase });
  assert.equal(b.shelf.size, 0);
});

test('settled as booked', async () => {
  const b = bench({ find: [purchase] });
  b.shelf.set(KEY, entry);
  assert.deepEqual(await settle(entry, b), { kind: 'booked', purchase });
  assert.equal(b.shelf.size, 0);
});

test('"nothing" needs two answers with a pause between: the lost request may be late', async () => {
  const missing = () => refusal(404, 'ERR_NOT_FOUND');
  const b = bench({ find: [missing(), missing()] });
  b.shelf.set(KEY, entry);
  assert.deepEqual(await settle(entry, b), { kind: 'nothing' });
  assert.deepEqual(b.log, ['find', 'pause', 'find', 'drop']);

  const late = bench({ find: [missing(), purchase] });
  late.shelf.set(KEY, entry);
  assert.deepEqual(await settle(entry, late), { kind: 'booked', purchase });
});

test('without an answer it stays unsure and stays kept', async () => {
  for (const lost of [new NetError('gone'), refusal(500, 'ERR_INTERNAL')]) {
    const b = bench({ find: [lost] });
    b.shelf.set(KEY, entry);
    assert.deepEqual(await settle(entry, b), { kind: 'unsure' });
    assert.equal(b.shelf.size, 1);
  }
});

test('a lost session cannot ask: kept for when the person is back', async () => {
  const b = bench({ find: [refusal(401, 'ERR_TOKEN_INVALID')] });
  b.shelf.set(KEY, entry);
  assert.deepEqual(await settle(entry, b), { kind: 'locked' });
  assert.equal(b.shelf.size, 1);
});

test('only an answer of the 4xx kind decides', () => {
  const decided = [400, 401, 403, 404, 409, 429];
  const open = [408, 500, 502, 503, 507];
  for (const status of decided) assert.ok(isDecided(refusal(status, 'X')), String(status));
  for (const status of open) assert.ok(!isDecided(refusal(status, 'X')), String(status));
});
