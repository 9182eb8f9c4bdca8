// SPDX-License-Identifier: MIT
// privacy.test.mjs - a person's copy, their erasure, what a restore may not bring back, the record of processing.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, run, start } from '../lib/server.mjs';
import { refused, withPeople } from './site.mjs';

// The files under a folder that hold the text, in whatever case.
function holding(folder, text) {
  const needle = text.toLowerCase();
  return readdirSync(folder, { recursive: true }).map(String)
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .filter((name) => readFileSync(path.join(folder, name), 'latin1').toLowerCase().includes(Buffer.from(needle).toString('latin1')));
}

// What a command that found something wrong printed.
function found(result) { assert.equal(result.code, 1, result.err); return result.out; }

const person = (site, number) => JSON.parse(site.must(['employee', 'export', number]));

test('a person\'s copy is JSON or CSV, on the screen or in a file', () => withPeople((site) => {
  const all = person(site, 'EMP003');
  assert.equal(all.person[0].number, 'EMP003');
  assert.equal(all.wallet.length, 1);
  assert.ok(all.movements.length > 0);
  const out = path.join(site.dir, 'emp003.csv');
  site.must(['employee', 'export', 'EMP003', '--format', 'csv', '--out', out]);
  assert.match(readFileSync(out, 'utf8'), /^export\r\ncanteen,currency,decimals,exportedAt\r\n/);
  assert.equal(statSync(out).mode & 0o777, 0o600);
  refused(site.run(['employee', 'export', 'EMP003', '--out', out]), 73);
  refused(site.run(['employee', 'export', 'NOBODY']), 64);
  refused(site.run(['employee', 'export', 'EMP003', '--format', 'xml']), 64);
}));

test('an erasure needs a reason, a yes and settled money, and then no file knows the person', () => withPeople((site) => {
  const { name, email } = person(site, 'EMP003').person[0];
  const balance = person(site, 'EMP003').wallet[0].balance;
  const family = name.split(' ')[0];
  assert.ok(balance > 0);
  assert.ok(holding(site.data, email).length > 0);
  refused(site.run(['employee', 'erase', 'EMP003', '-y']), 64, /reason/);
  refused(site.run(['employee', 'erase', 'EMP003', '--reason', 'left the company']), 64, /not confirmed/);
  refused(site.run(['employee', 'erase', 'EMP003', '-y', '--reason', `${family} left`]), 64, /may not name the person/);
  const open = refused(site.run(['employee', 'erase', 'EMP003', '-y', '--reason', 'left the company']), 64, /balance is/);
  assert.match(open.err, /--settle payout/);
  const said = site.must(['employee', 'erase', 'EMP003', '-y', '--reason', 'left the company', '--settle', 'payout']);
  assert.match(said, /EMP003 is erased/);
  assert.match(said, /paid out \(journal \d+\)/);
  for (const word of [name, email, 'EMP003']) assert.deepEqual(holding(site.data, word), [], word);
  assert.match(site.must(['verify']), /sound/);
  assert.doesNotMatch(site.must(['employee', 'list']), /EMP003|Erased/);
  refused(site.run(['employee', 'export', 'EMP003']), 64);
}));

test('a server that runs erases too, and its log names nobody', () => withPeople(async (site) => {
  const { name, email } = person(site, 'EMP003').person[0];
  const server = await start(['serve', '--listen', '127.0.0.1:0', '--log-level', 'debug', ...site.args]);
  try {
    site.must(['employee', 'erase', 'EMP003', '-y', '--reason', 'left the company', '--settle', 'writeoff']);
    for (const word of [name, email, 'EMP003']) assert.deepEqual(holding(site.data, word), [], word);
    assert.equal((await new Client(server.port).request('GET', '/health/ready')).status, 200);
  } finally { await server.stop(); }
  for (const word of [name, email]) assert.ok(!server.log().includes(word), `${word} is in the log`);
}));

test('a restore brings nobody back who was erased since', () => withPeople((site) => {
  const copy = path.join(site.dir, 'copy.db');
  const { name } = person(site, 'EMP003').person[0];
  site.must(['backup', 'create', '--out', copy]);
  site.must(['employee', 'erase', 'EMP003', '-y', '--reason', 'left the company', '--settle', 'payout']);
  assert.match(site.must(['restore', copy]), /1 of the people in it had been erased since/);
  assert.deepEqual(holding(site.data, name), []);
  assert.match(site.must(['verify']), /sound/);
  assert.doesNotMatch(site.must(['employee', 'list']), /EMP003/);
  assert.equal(statSync(path.join(site.data, 'keys/erased')).mode & 0o777, 0o600);
}));

test('a database put back by hand is looked at before anybody is served', () => withPeople(async (site) => {
  const copy = path.join(site.dir, 'copy.db');
  site.must(['backup', 'create', '--out', copy]);
  site.must(['employee', 'erase', 'EMP003', '-y', '--reason', 'left the company', '--settle', 'payout']);
  for (const end of ['-wal', '-shm']) rmSync(path.join(site.data, `feastfrenzy.db${end}`), { force: true });
  copyFileSync(copy, path.join(site.data, 'feastfrenzy.db'));
  assert.ok(holding(site.data, 'EMP003').length > 0);
  assert.match(found(site.run(['doctor', '--run', 'erasures'])), /1 erased people are back/);
  const server = await start(['serve', '--listen', '127.0.0.1:0', ...site.args]);
  try { assert.deepEqual(holding(site.data, 'EMP003'), []); } finally { await server.stop(); }
}));

// Asks again until it is so; the housekeeping looks at its clock each second.
async function soon(what, isSo) {
  for (const end = Date.now() + 15000; !isSo(); await new Promise((resolve) => { setTimeout(resolve, 50); }))
    assert.ok(Date.now() < end, what);
}

test('what is past its time goes by itself', () => withPeople(async (site) => {
  const server = await start(['serve', '--listen', '127.0.0.1:0', '--test-clock', '2026-03-02T11:45:00Z', ...site.args]);
  try {
    const client = new Client(server.port);
    site.must(['kiosk', 'add', 'Kiosk 1']); // a code that nobody will use
    for (const day of ['03', '04', '05'])
      assert.equal((await client.request('POST', '/api/v1/test/clock', { body: { now: `2026-03-${day}T11:45:00Z` } })).status, 200);
    await soon('the pairing code is purged', () => /housekeeping.*purged/.test(server.log()));
  } finally { await server.stop(); }
}));

test('the record of processing is printed, and kept up to date', () => withPeople((site) => {
  const out = path.join(site.dir, 'record.md');
  const text = run(['privacy', 'record']).out;
  assert.match(text, /^# Record of processing activities\n/);
  assert.equal(text, readFileSync(new URL('../../packaging/doc/records-of-processing.md', import.meta.url), 'utf8'));
  assert.equal(run(['privacy', 'record', '--out', out]).code, 0);
  assert.ok(existsSync(out));
}));
