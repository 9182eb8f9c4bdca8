// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, bodyOf, countOf, repriced, totalOf, withQuantity, withoutLast } from '../../../web/src/app/cart';
import { createTray } from '../../../web/src/app/tray';

const product = (id, price = 100) => ({ id, name: `dish ${id}`, price });
const soup = product(1, 890);
const tea = product(2, 250);

test('adding the same product raises its line', () => {
  const lines = added(added(added([], soup), tea), soup);
  assert.deepEqual(
    lines.map((l) => [l.productId, l.quantity]),
    [[1, 2], [2, 1]],
  );
  assert.equal(countOf(lines), 3);
  assert.equal(totalOf(lines), 2030);
});

test('a line stops at 99 pieces, a tray at 50 lines', () => {
  const full = added(added([], soup, 99), soup, 5);
  assert.equal(full[0].quantity, 99);
  let many = [];
  for (let id = 1; id <= 60; id++) many = added(many, product(id));
  assert.equal(many.length, 50);
});

test('nothing left of a line takes it away', () => {
  const lines = added(added([], soup), tea);
  assert.deepEqual(withQuantity(lines, 1, 0).map((l) => l.productId), [2]);
  assert.deepEqual(withoutLast(lines).map((l) => l.productId), [1]);
  assert.deepEqual(withoutLast([]), []);
});

test('the order names quantities and the total that was shown', () => {
  assert.deepEqual(bodyOf(added(added([], soup, 2), tea)), {
    items: [{ productId: 1, quantity: 2 }, { productId: 2, quantity: 1 }],
    expectedTotal: 2030,
  });
});

test('new prices change the total, a vanished product keeps its line', () => {
  const lines = repriced(added(added([], soup), tea), [{ ...soup, price: 900 }]);
  assert.equal(totalOf(lines), 1150);
});

test('lines are never changed in place', () => {
  const before = added([], soup);
  added(before, soup);
  withQuantity(before, 1, 5);
  assert.equal(before[0].quantity, 1);
});

test('a tray has one key from its first product until it is empty', () => {
  const tray = createTray();
  assert.equal(tray.key(), '');
  tray.add(soup);
  const key = tray.key();
  assert.match(key, /^[A-Za-z0-9_-]{16,64}$/);
  tray.add(tea);
  tray.change(1, 1);
  assert.equal(tray.key(), key);
  tray.clear();
  assert.equal(tray.key(), '');
  tray.add(soup);
  assert.notEqual(tray.key(), key);
});
