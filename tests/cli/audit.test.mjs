// SPDX-License-Identifier: MIT
// audit.test.mjs - the audit log as an operator meets it: what each command leaves in it, what `audit verify` says of a
// file that somebody changed. That no secret is in it: canaries.test.mjs.
import assert from 'node:assert/strict';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { refused, withPeople, withSite } from './site.mjs';

const database = (site) => path.join(site.data, 'feastfrenzy.db');
const entries = (site) => site.must(['export', 'audit']).trim().split('\n').map((line) => JSON.parse(line)).reverse();

function change(site, edit) {
  const bytes = readFileSync(database(site));
  edit(bytes);
  writeFileSync(database(site), bytes);
}

function place(bytes, hex) {
  const at = bytes.indexOf(Buffer.from(hex, 'hex'));
  assert.ok(at > 0, 'the hash stands in the file');
  return at;
}

test('commands leave entries, the newest last, and the log proves itself', () => withPeople((site) => {
  site.must(['topup', 'EMP001', '100']);
  const lines = site.must(['audit', 'tail', '-n', '3']).trim().split('\n');
  assert.equal(lines.length, 3);
  assert.match(lines[1], /cli:\d+ +ledger\.topup +journal \d+ +\{"balance":\d+\} -> \{"balance":\d+,"amount":100\}/);
  const all = entries(site);
  assert.deepEqual(all.map((e) => e.seq), all.map((_, i) => i + 1));
  for (const action of ['site.init', 'product.import', 'employee.import', 'ledger.opening', 'ledger.topup', 'audit.list'])
    assert.ok(all.some((e) => e.action === action), action);
  assert.match(site.must(['audit', 'verify']), /is sound: \d+ entries, from 1 on\.\nHead: \d+:[0-9a-f]{64}/);
  const csv = site.must(['export', 'audit', '--format', 'csv']);
  assert.match(csv, /^seq,timestamp,action,/);
  assert.equal(csv.match(/^seq,/gm).length, 1);
  assert.equal(site.must(['export', 'audit', '--before', '2020-01-01']), '');
}));

test('an export is longer than a page of it', () => withSite((site) => {
  const many = Array.from({ length: 2500 }, (_, i) => `Dish ${i},${100 + i},food,,true\n`).join('');
  site.must(['import', 'products', site.file('many.csv', `name,price,category,description,available\n${many}`)]);
  const all = entries(site);
  assert.ok(all.length > 2500);
  assert.deepEqual(all.map((e) => e.seq), all.map((_, i) => i + 1));
}));

test('a flipped bit, two swapped hashes and a cut end are each named', () => withPeople((site) => {
  const all = entries(site);
  const [one, two] = [all[10], all[20]];
  const good = readFileSync(database(site));
  change(site, (bytes) => { bytes[place(bytes, one.hash)] ^= 4; });
  refused(site.run(['audit', 'verify']), 1, /does not hold at entry 11\b/);
  writeFileSync(database(site), good);
  change(site, (bytes) => {
    const a = place(bytes, one.hash), b = place(bytes, two.hash);
    Buffer.from(two.hash, 'hex').copy(bytes, a);
    Buffer.from(one.hash, 'hex').copy(bytes, b);
  });
  const report = site.run(['audit', 'verify', '--json']);
  assert.equal(report.code, 1);
  assert.deepEqual([JSON.parse(report.out).ok, JSON.parse(report.out).seq], [false, 11]);
  writeFileSync(database(site), good);
  site.must(['audit', 'verify']);
  const before = JSON.parse(site.must(['audit', 'verify', '--json']));
  site.must(['topup', 'EMP001', '100']);
  const after = JSON.parse(site.must(['audit', 'verify', '--json']));
  writeFileSync(database(site), good); // as if the last entries had never been
  refused(site.run(['audit', 'verify']), 1, new RegExp(`entries ${before.headSeq + 1} to ${after.headSeq} are missing`));
  rmSync(path.join(site.data, 'keys', 'audit.head')); // whoever cut it off may take the mark along
  site.must(['audit', 'verify']);
  refused(site.run(['audit', 'verify', '--head', `${after.headSeq}:${after.headHash}`]), 1, /missing at the end/);
  refused(site.run(['audit', 'verify', '--head', `nonsense${'0'.repeat(64)}`]), 64, /--head/);
}));

test('another key proves nothing', () => withPeople((site) => {
  const key = path.join(site.data, 'keys', 'audit.key');
  writeFileSync(key, Buffer.alloc(32, 7));
  refused(site.run(['audit', 'verify']), 1, /audit\.key/);
}));

test('a restore is recorded with what the copy lacks', () => withPeople(async (site) => {
  const copy = path.join(site.dir, 'copy.db');
  site.must(['backup', 'create', '--out', copy]);
  const had = JSON.parse(site.must(['audit', 'verify', '--json'])).headSeq;
  site.must(['topup', 'EMP001', '100']);
  const lost = JSON.parse(site.must(['audit', 'verify', '--json'])).headSeq;
  site.must(['restore', copy]);
  site.must(['audit', 'verify']);
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  await server.stop();
  const restore = entries(site).find((e) => e.action === 'backup.restore');
  assert.equal(restore.oldValues.auditSeq, lost);
  assert.ok(restore.newValues.auditSeq <= had);
  site.must(['audit', 'verify']);
}));

test('a server says the head, keeps its mark, and finds a log that was cut while it stood still', () => withPeople(async (site) => {
  const good = readFileSync(database(site));
  let server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--log-format', 'json']);
  site.must(['topup', 'EMP001', '100']);
  site.must(['audit', 'verify']); // beside it
  await server.stop();
  const heads = server.log().split('\n').filter((line) => /"audit head"/.test(line)).map((line) => JSON.parse(line));
  assert.deepEqual(heads.map((h) => h.at), ['start', 'stop']);
  const now = JSON.parse(site.must(['audit', 'verify', '--json']));
  assert.deepEqual([heads[1].seq, heads[1].hash], [now.headSeq, now.headHash]);
  assert.deepEqual(entries(site).filter((e) => /^server\./.test(e.action)).map((e) => e.action), ['server.start', 'server.stop']);
  assert.equal(statSync(path.join(site.data, 'keys', 'audit.head')).mode & 0o777, 0o600);
  writeFileSync(database(site), good);
  server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  await server.stop();
  assert.match(server.log(), /audit log: Entries are missing/);
  assert.ok(entries(site).some((e) => e.action === 'audit.broken'), 'it is in the log from here on');
  refused(site.run(['audit', 'verify']), 1);
}));

test('notes are in the file within two seconds, without a stop', () => withPeople(async (site) => {
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  const client = new Client(server.port);
  try {
    await client.login('boss@works.example', 'Very-Good-1');
    await client.must(200, 'GET', '/api/v1/employees/2');
    const began = Date.now();
    for (;;) {
      const { data } = await client.must(200, 'GET', '/api/v1/audit?action=employee.read&entityId=2');
      if (data.length) break;
      assert.ok(Date.now() - began < 2000, 'written by now');
      await new Promise((done) => setTimeout(done, 100));
    }
  } finally { client.close(); await server.stop(); }
}));

test('a log that does not hold stops no lunch, but is said and recorded', () => withPeople(async (site) => {
  const [one] = entries(site);
  change(site, (bytes) => { bytes[place(bytes, one.hash)] ^= 1; });
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  const client = new Client(server.port);
  try {
    for (let health = {}; health.checks?.ledger !== 'ok';) health = (await client.get('/health')).json;
    site.must(['topup', 'EMP001', '100']);
    const said = /audit log does not hold at entry 1:/; // what was printed is read between two answers
    for (let n = 0; n < 200 && !said.test(server.log()); n += 1) await client.get('/health');
    assert.match(server.log(), said);
    assert.equal(site.run(['doctor', '--run', 'audit-chain']).code, 1);
  } finally { client.close(); await server.stop(); }
  assert.ok(entries(site).some((e) => e.action === 'audit.broken' && e.newValues.entry === 1));
}));
