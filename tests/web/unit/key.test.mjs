// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newKey } from '../../../web/src/app/key';

test('keys have the form the server takes and do not repeat', () => {
  const keys = new Set(Array.from({ length: 1000 }, () => newKey()));
  assert.equal(keys.size, 1000);
  for (const key of keys) assert.match(key, /^[A-Za-z0-9_-]{16,64}$/);
});

test('a later key sorts after an earlier one', () => {
  assert.ok(newKey(1_700_000_000_000) < newKey(1_700_000_000_001));
});

test('randomUUID is not used: plain http has none', (t) => {
  const uuid = crypto.randomUUID;
  t.after(() => (crypto.randomUUID = uuid));
  crypto.randomUUID = () => assert.fail('randomUUID was called');
  newKey();
});
