// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIdle } from '../../../web/src/app/idle';

function bench(seconds) {
  const log = [];
  const b = { now: 0, allowed: seconds, log };
  b.idle = createIdle({
    allowed: () => b.allowed,
    now: () => b.now,
    onWarn: (left) => log.push(left),
    onTimeout: () => log.push('over'),
  });
  b.pass = (n) => {
    for (let i = 0; i < n; i++) {
      b.now += 1000;
      b.idle.tick();
    }
  };
  b.idle.start();
  return b;
}

test('silence until a quarter of a minute before the end, then a countdown, then over', () => {
  const b = bench(60);
  b.pass(44);
  assert.deepEqual(b.log, []);
  b.pass(16);
  assert.deepEqual(b.log, [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, null, 'over']);
});

test('a short time warns later, so that it is not one long warning', () => {
  const b = bench(15);
  b.pass(4);
  assert.deepEqual(b.log, []);
  b.pass(1);
  assert.deepEqual(b.log, [10]);
});

test('a touch takes the warning away and starts anew', () => {
  const b = bench(30);
  b.pass(16);
  b.idle.touch();
  assert.deepEqual(b.log, [15, 14, null]);
  b.pass(14);
  assert.deepEqual(b.log, [15, 14, null]);
});

test('it is over once and stays over', () => {
  const b = bench(12);
  b.pass(40);
  assert.equal(b.log.filter((x) => x === 'over').length, 1);
});

test('a tab that slept is over at its next tick', () => {
  const b = bench(60);
  b.now += 3_600_000;
  b.idle.tick();
  assert.deepEqual(b.log, ['over']);
});

test('the time may become longer while it is running', () => {
  const b = bench(30);
  b.pass(14);
  b.allowed = 60;
  b.pass(30);
  assert.deepEqual(b.log, []);
});

test('stopped means silent', () => {
  const b = bench(12);
  b.idle.stop();
  b.pass(30);
  assert.deepEqual(b.log, []);
});
