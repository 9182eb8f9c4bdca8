// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf } from '../../../web/src/app/cart';
import follow from '../../../web/src/app/share';
import { createTray } from '../../../web/src/app/tray';

const product = (id, price) => ({ id, name: `dish ${id}`, price });
const settled = () => new Promise((done) => setImmediate(done));

/** A server that answers when it is told to. */
function server() {
  const open = [];
  const asked = [];
  const post = (method, path, { token, body }) =>
    new Promise((ok, fail) => {
      asked.push([method, path, token, body.items.map((i) => [i.productId, i.quantity]), body.expectedTotal]);
      open.push({ ok, fail });
    });
  return { asked, post, answer: async (own) => (open.shift().ok({ own }), settled()), refuse: async () => (open.shift().fail(new Error('no')), settled()) };
}

const lend = (run) => run('token of the person');

test('the tray says what the person pays, and the whole until that is known', async () => {
  const tray = createTray();
  const s = server();
  follow(tray, lend, s.post, bodyOf);
  assert.equal(s.asked.length, 0, 'an empty tray costs nobody anything');
  tray.add(product(1, 800));
  assert.deepEqual(s.asked, [['POST', '/purchases/quote', 'token of the person', [[1, 1]], 800]]);
  assert.equal(tray.due.value, 800);
  await s.answer(400);
  assert.equal(tray.due.value, 400);
  assert.equal(tray.total.value, 800);
});

test('an answer for an earlier tray is not shown, and the tray of now is asked for', async () => {
  const tray = createTray();
  const s = server();
  follow(tray, lend, s.post, bodyOf);
  tray.add(product(1, 800));
  tray.add(product(2, 300));
  tray.add(product(2, 300));
  assert.equal(s.asked.length, 1, 'one question at a time');
  await s.answer(400);
  assert.equal(tray.due.value, 1400);
  assert.deepEqual(s.asked[1][3], [[1, 1], [2, 2]]);
  await s.answer(700);
  assert.equal(tray.due.value, 700);
});

test('what was refused, and an emptied tray, show whole prices', async () => {
  const tray = createTray();
  const s = server();
  follow(tray, lend, s.post, bodyOf);
  tray.add(product(1, 800));
  await s.answer(0);
  assert.equal(tray.due.value, 0, 'the employer may pay all of it');
  tray.add(product(1, 800));
  await s.refuse();
  assert.equal(tray.due.value, 1600);
  tray.clear();
  assert.equal(tray.due.value, 0);
  assert.equal(tray.own.value, null);
  assert.equal(s.asked.length, 2);
});
