// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SCAN_DEFAULTS, createScanner } from '../../../web/src/app/scan';

/** A reader with its own clock; every key tells whether it was swallowed. */
function bench(settings = SCAN_DEFAULTS) {
  const scans = [];
  const scanner = createScanner(settings, (code) => scans.push(code));
  let now = 1000;
  function press(key, afterMs, more = {}) {
    now += afterMs;
    const e = {
      key,
      timeStamp: now,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      target: null,
      swallowed: false,
      preventDefault() {
        e.swallowed = true;
      },
      stopImmediatePropagation() {},
      ...more,
    };
    scanner(e);
    return e;
  }
  const type = (text, gap, more) => [...text].map((key) => press(key, gap, more));
  return { scans, press, type };
}

function field(value) {
  return {
    tagName: 'INPUT',
    value,
    told: 0,
    dispatchEvent() {
      this.told += 1;
      return true;
    },
  };
}

test('a fast burst that ends with Enter is one scan', () => {
  const b = bench();
  b.type('FF-0001', 20);
  assert.ok(b.press('Enter', 20).swallowed);
  assert.deepEqual(b.scans, ['FF-0001']);
});

test('Tab ends a scan as well, and shifted letters belong to it', () => {
  const b = bench();
  b.type('ab', 10);
  b.press('Shift', 5);
  b.type('C', 5);
  b.press('Tab', 10);
  assert.deepEqual(b.scans, ['abC']);
});

test('the gap is a limit: at it a scan, above it a person', () => {
  const at = bench();
  at.type('1234', 100);
  at.press('Enter', 100);
  assert.deepEqual(at.scans, ['1234']);

  const above = bench();
  above.type('1234', 101);
  assert.ok(!above.press('Enter', 101).swallowed);
  assert.deepEqual(above.scans, []);
});

test('an Enter that comes late is a person pressing a button', () => {
  const b = bench();
  b.type('1234', 10);
  assert.ok(!b.press('Enter', 500).swallowed);
  assert.deepEqual(b.scans, []);
});

test('too short and too long are no badges', () => {
  const b = bench();
  b.type('12', 10);
  b.press('Enter', 10);
  b.type('x'.repeat(65), 10);
  b.press('Enter', 10);
  assert.deepEqual(b.scans, []);
});

test('a shortcut is no part of a scan', () => {
  const b = bench();
  b.type('123', 10);
  b.press('a', 10, { ctrlKey: true });
  b.press('Enter', 10);
  assert.deepEqual(b.scans, []);
});

test('the same swipe twice counts once, a later one again', () => {
  const b = bench();
  for (const pause of [0, 300, 2000]) {
    b.press('F', pause);
    b.type('F-1', 10);
    b.press('Enter', 10);
  }
  assert.deepEqual(b.scans, ['FF-1', 'FF-1']);
});

test('another badge right after is not held back', () => {
  const b = bench();
  b.type('AAAA', 10);
  b.press('Enter', 10);
  b.type('BBBB', 10);
  b.press('Enter', 10);
  assert.deepEqual(b.scans, ['AAAA', 'BBBB']);
});

test('a field gets back what it held before the scan', () => {
  const b = bench();
  const target = field('soup');
  for (const key of 'FF-0001') {
    b.press(key, 15, { target });
    target.value += key;
  }
  b.press('Enter', 15, { target });
  assert.deepEqual(b.scans, ['FF-0001']);
  assert.equal(target.value, 'soup');
  assert.equal(target.told, 1);
});

test('outside a field the keys of a burst reach no shortcut', () => {
  const b = bench();
  const keys = b.type('FF-0001', 15);
  assert.ok(keys.slice(3).every((e) => e.swallowed));
});

test('a raised gap takes slow robots for readers', () => {
  const b = bench({ ...SCAN_DEFAULTS, gapMs: 1000 });
  b.type('FF-0001', 700);
  b.press('Enter', 700);
  assert.deepEqual(b.scans, ['FF-0001']);
});
