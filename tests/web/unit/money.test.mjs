// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney, toDecimal } from '../../../web/src/app/money';

const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');

test('the decimal point is set by the exponent', () => {
  const cases = [
    [0, 0, '0'],
    [0, 2, '0.00'],
    [5, 2, '0.05'],
    [1234, 0, '1234'],
    [1234, 2, '12.34'],
    [1234, 3, '1.234'],
    [7, 3, '0.007'],
    [-7, 3, '-0.007'],
    [-1234, 2, '-12.34'],
    [9007199254740991, 2, '90071992547409.91'],
  ];
  for (const [minor, decimals, expected] of cases) assert.equal(toDecimal(minor, decimals), expected);
});

test('what is not a safe integer is refused, not rounded', () => {
  for (const bad of [1.5, NaN, Infinity, 2 ** 53, '3', undefined]) {
    assert.throws(() => toDecimal(bad, 2), RangeError);
  }
});

test('each language writes its own way', () => {
  assert.equal(plain(formatMoney(1055, 'EUR', 2, 'en')), '€10.55');
  assert.equal(plain(formatMoney(1055, 'EUR', 2, 'de')), '10,55 €');
  assert.equal(plain(formatMoney(2690, 'HUF', 0, 'hu')), '2690 Ft');
  assert.equal(plain(formatMoney(15055, 'HUF', 0, 'hu')), '15 055 Ft');
  assert.equal(plain(formatMoney(1590, 'HUF', 0, 'en')), 'Ft 1,590');
  assert.match(plain(formatMoney(1234, 'KWD', 3, 'en')), /1\.234/);
});

test('a debt carries a real minus sign', () => {
  const text = formatMoney(-139, 'EUR', 2, 'en');
  assert.ok(text.includes('\u2212'));
  assert.ok(!text.includes('-'));
});

test('large amounts keep their last digit', () => {
  assert.ok(formatMoney(999999999999, 'EUR', 2, 'en').endsWith('9,999,999,999.99'));
});
