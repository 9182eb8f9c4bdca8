// SPDX-License-Identifier: MIT
// ledger.test.mjs - the months of the books from the command line: closing one, and what a closed one says for ever.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { Client, mustRun, start } from '../lib/server.mjs';
import { EMPLOYEES, PRODUCTS, refused, withSite } from './site.mjs';

// A canteen whose clock stands where it is put, from March 2026 on; everything goes through its server.
function withClock(work) {
  return withSite(async (site) => {
    const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--test-clock', '2026-03-10T10:00:00Z']);
    const client = new Client(server.port);
    const at = async (now) => assert.equal((await client.post('/api/v1/test/clock', { now })).status, 200);
    try {
      site.must(['import', 'products', PRODUCTS]);
      site.must(['import', 'employees', EMPLOYEES]);
      await work(site, at);
    } finally { client.close(); await server.stop(); }
  });
}

test('a month is closed when it is over, once, and its statement stays as it is', () => withClock(async (site, at) => {
  refused(site.run(['ledger', 'close', 'march']), 64, /no month/);
  site.must(['topup', 'EMP001', '5000']);
  refused(site.run(['ledger', 'close', '2026-03']), 64, /not over/);
  await at('2026-04-02T10:00:00Z');
  site.must(['topup', 'EMP001', '700']);
  const said = site.must(['ledger', 'close', '2026-03']);
  assert.match(said, /2026-03 is closed: \d+ journals, \d+ statements.*\nHead: journal \d+, [0-9a-f]{64}/);
  const files = () => ['--json', '--csv'].map((how) => site.must(['statement', 'EMP001', '--month', '2026-03', how]));
  const before = files();
  site.must(['payout', 'EMP001', '300',]);
  assert.equal(site.must(['ledger', 'close', '2026-03']), said);
  assert.deepEqual(files(), before);
  const json = JSON.parse(before[0]);
  assert.deepEqual([json.closed, json.name, json.opening + json.credits - json.debits], [true, undefined, json.closing]);
  assert.match(site.must(['statement', 'EMP001', '--month', '2026-03']), /closed month/);
  assert.match(site.must(['statement', 'EMP001', '--month', '2026-03', '--html']), /^<!doctype html>[^]*<\/html>\n$/);
  const [april, march] = JSON.parse(site.must(['ledger', 'periods', '--json']));
  assert.deepEqual([april.state, march.state, march.headHash.length], ['open', 'closed', 64]);
  assert.match(site.must(['ledger', 'periods']), /MONTH .*\n2026-04 .*open[^]*2026-03 .*closed/);
  assert.equal(JSON.parse(site.must(['verify', '--json'])).ok, true);
  refused(site.run(['ledger', 'close', '2026-02']), 64);
}));

test('the books come to nothing, and go to another program with its own account numbers', () => withClock(async (site, at) => {
  site.must(['topup', 'EMP001', '5000', '--source', 'bank']);
  const trial = JSON.parse(site.must(['ledger', 'trial-balance', '--json']));
  assert.deepEqual([trial.sum, trial.debits - trial.credits], [0, 0]);
  assert.match(site.must(['ledger', 'trial-balance']), /wallet:\*.*\n[^]*bank +5000 +0\n[^]*total/);
  assert.match(site.must(['ledger', 'trial-balance', '--at', '2026-03-09']), /at the end of 2026-03-09/);
  const accounts = JSON.parse(site.must(['ledger', 'accounts', '--json']));
  assert.equal(accounts.reduce((sum, one) => sum + one.balance, 0), 0);
  const head = site.must(['ledger', 'head']);
  assert.match(head, /^\d+ [0-9a-f]{64}\n$/);
  assert.match(site.must(['ledger', 'journals', '--lines', '1']), /^\d+  2026-03-10  topup\n +wallet:\d+ +5000\n +bank +-5000\n$/);
  assert.equal(site.must(['ledger', 'map']), 'none\n');
  site.must(['ledger', 'map', 'wallet:*', '1755', 'Staff canteen']);
  site.must(['ledger', 'map', 'bank', '1200']);
  site.must(['ledger', 'map', 'bank', '1210']);
  assert.match(site.must(['ledger', 'map']), /^bank +1210 +\nwallet:\* +1755 +Staff canteen\n$/);
  await at('2026-04-02T10:00:00Z');
  site.must(['ledger', 'close', '2026-03']);
  const file = site.must(['ledger', 'export', '2026-03']);
  assert.match(file, /2026-03-10,\d+,topup,topup,wallet:\d+,1755,Staff canteen,,5000\r\n2026-03-10,\d+,topup,topup,bank,1210,,5000,\r\n/);
  site.must(['topup', 'EMP001', '700']);
  assert.equal(site.must(['ledger', 'export', '2026-03']), file);
  assert.match(site.must(['ledger', 'export', '2026-03', '--by-day']), /2026-03-10,topup,bank,1210,,5000,\r\n/);
  site.must(['ledger', 'map', 'remove', 'bank']);
  assert.doesNotMatch(site.must(['ledger', 'map']), /bank/);
  refused(site.run(['ledger', 'export', '2026-01']), 64);
}));

test('payroll wants a profile, a closed month and somebody who owes', () => withClock(async (site, at) => {
  site.must(['payroll', 'profile', 'add', 'Office', '--columns', 'Personnel=number,wageType,Until=to,Amount=amount',
    '--separator', 'semicolon', '--date-format', 'dotted', '--wage-type', '4711']);
  assert.match(site.must(['payroll', 'profile', 'list']), /Office +semicolon +decimal +point +dotted +4711/);
  refused(site.run(['payroll', 'profile', 'add', 'Office', '--columns', 'number,amount']), 73);
  refused(site.run(['payroll', 'profile', 'add', 'Other', '--columns', 'name,amount']), 64, /number/);
  refused(site.run(['payroll', 'profile', 'add', 'Other']), 64, /columns/);
  assert.equal(site.must(['payroll', 'list']), 'none\n');
  refused(site.run(['payroll', 'batch', '2026-03', 'Office']), 64, /2026-03/);
  await at('2026-04-02T10:00:00Z');
  site.must(['ledger', 'close', '2026-03']);
  refused(site.run(['payroll', 'batch', '2026-03', 'Nobody']), 64, /no profile/);
  refused(site.run(['payroll', 'batch', '2026-03', 'Office']), 64, /owes/);
  refused(site.run(['payroll', 'batch', '2026-03', 'Office', '--cap', 'much']), 64, /no amount/);
  refused(site.run(['payroll', 'file', '7']), 64);
  refused(site.run(['payroll', 'reject', 'one', 'EMP001']), 64, /no batch/);
  refused(site.run(['payroll', 'confirm', '1', '100']), 64);
  site.must(['payroll', 'profile', 'remove', 'Office']);
  assert.equal(site.must(['payroll', 'profile', 'list']), 'none\n');
}));

test('payroll deducts what is owed, takes back what it could not, and leaves nothing open', () => withClock(async (site, at) => {
  site.must(['group', 'add', 'Staff', '--overdraft', '90000']);
  const owe = (number, amount) => {
    site.must(['employee', 'set', number, '--group', 'Staff']);
    mustRun(['adjust', ...site.args, '--reason', 'correction', '--note', 'counted again', '--', number, amount]);
  };
  const holds = (number) => JSON.parse(site.must(['statement', number, '--json'])).closing;
  owe('EMP001', String(-holds('EMP001') - 700));
  owe('EMP003', String(-holds('EMP003') - 1750));
  await at('2026-04-02T10:00:00Z');
  site.must(['ledger', 'close', '2026-03']);
  site.must(['payroll', 'profile', 'add', 'Office', '--columns', 'Personnel=number,Amount=amount']);
  assert.match(site.must(['payroll', 'batch', '2026-03', 'Office', '--cap', '1500']), /Batch 1 of 2026-03, open: 2 people, 2200 HUF/);
  const file = site.must(['payroll', 'file', '1']);
  assert.equal(file, 'Personnel,Amount\r\nEMP001,700\r\nEMP003,1500\r\n');
  assert.match(site.must(['payroll', 'reject', '1', 'EMP001', '--reason', 'on leave']), /1 rejected, due 1500 HUF/);
  assert.equal(holds('EMP001'), -700);
  refused(site.run(['payroll', 'confirm', '1', '2200']), 64, /still holds/);
  assert.match(site.must(['payroll', 'confirm', '1', '1500']), /confirmed/);
  assert.match(site.must(['payroll', 'batch', '2026-03', 'Office', '--cap', '1500']), /Batch 2 of 2026-03, open: 1 people, 700 HUF/);
  site.must(['payroll', 'file', '2']);
  site.must(['payroll', 'confirm', '2', '700']);
  assert.equal(site.must(['payroll', 'file', '1']), file);
  assert.match(site.must(['payroll', 'list']), /\n2 +2026-03 +confirmed[^]*\n1 +2026-03 +confirmed/);
  const trial = JSON.parse(site.must(['ledger', 'trial-balance', '--json'])).rows;
  assert.equal(trial.find((row) => row.code.startsWith('payroll:')), undefined);
  assert.equal(JSON.parse(site.must(['verify', '--json'])).ok, true);
  assert.match(site.must(['rebuild', path.join(site.dir, 'again.db')]), /equal|same|no difference/i);
}));
