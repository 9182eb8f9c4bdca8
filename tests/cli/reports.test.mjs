// SPDX-License-Identifier: MIT
// reports.test.mjs - what the office looks at: reports and totals beside a running server, before and after it has summed
// up the day; tables, CSV and JSON.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { refused, withPeople } from './site.mjs';

const BOSS = ['boss@works.example', 'Very-Good-1'];

// Péter (EMP001) buys product 1 twice, EMP002 product 2 once and undoes it.
// In a year to come: the imports are booked at the time of the machine, and the ledger never goes back.
async function sell(client) {
  const buy = (employeeId, productId, quantity, n) => client.must(201, 'POST', '/api/v1/purchases',
    { body: { employeeId, items: [{ productId, quantity }] }, headers: { 'Idempotency-Key': `report-purchase-${n}` } });
  await buy(1, 1, 2, 1);
  const second = await buy(2, 2, 1, 2);
  await client.must(201, 'POST', `/api/v1/purchases/${second.id}/undo`, { body: {}, headers: { 'Idempotency-Key': 'report-undo-0001' } });
  return (await client.must(200, 'GET', '/api/v1/products/1')).price * 2;
}

function everyReport(site, product, sold) {
  const { must } = site;
  const days = ['--from', '2037-03-01', '--before', '2037-04-01'];
  assert.match(must(['report', 'day', ...days]), new RegExp(`2037-03-02 +2 +${sold} `));
  const popular = JSON.parse(must(['report', 'popular', ...days, '--json']));
  assert.deepEqual(popular.rows.map((r) => [r.rank, r.productId, r.pieces, r.gross]), [[1, 1, 2, sold]]);
  assert.match(must(['report', 'popular', ...days]), new RegExp(`1 {2}${product.name} +2 +${sold}\\n`));
  assert.match(must(['report', 'employees', '--month', '2037-03']), new RegExp(`EMP001 +Kovács Péter +Engineering +${sold} `));
  const people = JSON.parse(must(['report', 'employees', '--month', '2037-03', '--json']));
  assert.equal(people.length, 20);
  assert.equal(people.reduce((sum, p) => sum + p.spent, 0), sold);
  assert.equal(people.find((p) => p.number === 'EMP002').undone, 1);
  assert.match(must(['report', 'debts']), /^none$/m);
  assert.equal(JSON.parse(must(['report', 'low-balance', '--below', '1000000', '--json'])).length, 20);
  assert.match(must(['report', 'low-balance', '--below', '0']), /^none$/m);
  const csv = must(['report', 'employees', '--month', '2037-03', '--csv']);
  assert.equal(csv.split('\r\n').length, 22);
  assert.match(csv, /^employeeNumber,name,department,spent,limit,remaining,purchases,undone,refunds\r\n/);
  const stats = JSON.parse(must(['employee', 'stats', 'EMP001', '--json']));
  assert.deepEqual([stats.spent, stats.purchases, stats.topProducts.map((p) => p.productId)], [sold, 1, [1]]);
  assert.match(must(['employee', 'stats', 'EMP001']), new RegExp(`spent since ever +${sold}\\n`));
  assert.match(must(['product', 'stats', product.name, ...days]), new RegExp(`2037-03-02 +2 +${sold} `));
  assert.match(must(['product', 'stats', product.name, ...days, '--csv']), new RegExp(`^day,id,pieces,gross,tax,net\r\n2037-03-02,0,2,${sold},`));
}

test('reports say the same before and after the day is summed up', () => withPeople(async (site) => {
  site.must(['user', 'add', BOSS[0], '--role', 'admin', '--password-stdin'], { input: `${BOSS[1]}\n` });
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--test-clock', '2037-03-02T11:45:00Z', '--log-level', 'info']);
  const client = new Client(server.port);
  try {
    await client.login(...BOSS);
    const product = await client.must(200, 'GET', '/api/v1/products/1');
    const sold = await sell(client);
    everyReport(site, product, sold);
    await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: '2037-03-03T11:45:00Z' } });
    while (!/summedUpTo/.test(server.log())) await client.get('/health');
    everyReport(site, product, sold);
    assert.equal(JSON.parse(site.must(['verify', '--json'])).ok, true);
  } finally { client.close(); await server.stop(); }
}));

test('a file for a spreadsheet begins with its mark', () => withPeople((site) => {
  const out = path.join(site.dir, 'people.csv');
  site.must(['report', 'employees', '--csv', '--bom', '--out', out]);
  assert.deepEqual([...readFileSync(out).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  assert.match(readFileSync(out, 'utf8'), /Kovács Péter/);
  assert.doesNotMatch(site.must(['report', 'employees', '--csv']), /\ufeff/);
}));

test('what is no report, month or amount is refused', () => withPeople((site) => {
  refused(site.run(['report', 'low-people']), 64, /is no report/);
  refused(site.run(['report', 'nothing']), 64);
  refused(site.run(['report', 'employees', '--month', '2037-13']), 64);
  refused(site.run(['report', 'low-balance', '--below', 'little']), 64, /is no amount/);
  refused(site.run(['employee', 'stats', 'EMP999']), 64, /EMP999/);
}));
