// SPDX-License-Identifier: MIT
// archive.test.mjs - all tables as JSON lines: whole, of one moment, without secrets, and proven by their manifest; and the
// balances made again from the journals.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { Client, PROGRAM, key, parallel, start } from '../lib/server.mjs';
import { refused, withPeople } from './site.mjs';

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

// {table: rows}, read as another program would: the manifest, then the files it names.
function load(dir) {
  const manifest = JSON.parse(readFileSync(path.join(dir, 'MANIFEST.json'), 'utf8'));
  const tables = {};
  for (const { table, file, rows, bytes, sha256: digest, columns, withheld } of manifest.tables) {
    const full = path.join(dir, file);
    assert.equal(sha256(full), digest, file);
    assert.equal(statSync(full).size, bytes, file);
    tables[table] = readFileSync(full, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line));
    assert.equal(tables[table].length, rows, file);
    for (const row of tables[table]) {
      assert.deepEqual(Object.keys(row), Object.keys(columns), `${table} has the columns it says`);
      for (const name of withheld) assert.equal(name in row, false);
    }
  }
  return { manifest, tables };
}

const sum = (rows, column) => rows.reduce((total, row) => total + row[column], 0);

function prepare(site) {
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  site.must(['employee', 'pin', 'EMP001', '--pin-stdin'], { input: '4711\n' });
  site.must(['employee', 'badge', 'EMP001', '--badge-stdin'], { input: '04A1B2C3D4\n' });
  site.must(['kiosk', 'add', 'Kiosk 1']);
  site.must(['topup', 'EMP003', '2500', '--note', 'Árvíztűrő "tükörfúrógép"']);
}

test('every table leaves as JSON lines, whole and with digests', () => withPeople((site) => {
  prepare(site);
  const dir = path.join(site.dir, 'all');
  const made = JSON.parse(site.must(['export', 'all', dir, '--json']));
  const proof = JSON.parse(site.must(['verify', '--json']));
  const { manifest, tables } = load(dir);
  assert.deepEqual([manifest.format, manifest.headId, manifest.headHash], ['feastfrenzy-export-1', proof.headId, proof.headHash]);
  assert.deepEqual([made.tables, made.headId, made.sha256], [manifest.tables.length, proof.headId, sha256(path.join(dir, 'MANIFEST.json'))]);
  assert.deepEqual(readdirSync(dir).sort(), ['MANIFEST.json', ...manifest.tables.map((t) => t.file)].sort(), 'nothing else');
  for (const name of readdirSync(dir)) assert.equal(statSync(path.join(dir, name)).mode & 0o777, 0o600, name);
  assert.equal(tables.journal.length, proof.journals);
  assert.equal(sum(tables.entry, 'amount_minor'), 0);
  for (const wallet of tables.wallet)
    assert.equal(wallet.balance_minor, sum(tables.entry.filter((e) => e.account_id === wallet.account_id), 'amount_minor'));
  assert.equal(tables.employee.find((e) => e.number === 'EMP001').department_id > 0, true);
  assert.match(tables.journal.at(-1).hash, /^[0-9a-f]{64}$/);
  assert.match(site.must(['export', 'verify', dir]), /good, \d+ tables/);
  const entry = site.must(['audit', 'tail', '--json', '-n', '1']);
  assert.match(entry, /"action":"export.create"/);
}));

test('an export holds nothing that opens a door', () => withPeople((site) => {
  prepare(site);
  const dir = path.join(site.dir, 'all');
  site.must(['export', 'all', dir]);
  const { manifest, tables } = load(dir);
  const withheld = Object.fromEntries(manifest.tables.filter((t) => t.withheld.length).map((t) => [t.table, t.withheld.join(' ')]));
  assert.deepEqual([withheld.employee, withheld.user_account, withheld.badge, withheld.subject_key, withheld.device],
    ['pin_hash', 'password_hash', 'badge_hash', 'seal_key', 'pair_hash']);
  assert.deepEqual([tables.user_account.length, tables.badge.length, tables.device.length], [1, 1, 1], 'the rows are there');
  // The PIN as a value of its own: four digits stand in many a hash by chance.
  for (const name of readdirSync(dir)) assert.doesNotMatch(readFileSync(path.join(dir, name), 'utf8'), /\$argon2|"4711"|:4711[,}]|04A1B2C3D4|Very-Good/i, name);
}));

test('an export beside a running server is of one moment', () => withPeople(async (site) => {
  prepare(site);
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--rate-limit', '0']);
  const client = new Client(server.port, { connections: 4 });
  let going = true;
  try {
    await client.login('boss@works.example', 'Very-Good-1');
    const selling = parallel(Array.from({ length: 4 }), 4, async () => {
      while (going) await client.must(201, 'POST', '/api/v1/employees/1/topups', { body: { amount: 1, source: 'cash' }, headers: { 'Idempotency-Key': key('export') } });
    });
    let last = 0;
    for (let i = 0; i < 3; i++) {
      const dir = path.join(site.dir, `all-${i}`);
      await promisify(execFile)(PROGRAM, ['export', 'all', dir, ...site.args]); // this process goes on selling
      const { manifest, tables } = load(dir);
      assert.equal(tables.journal.length, manifest.headId, 'no journal missing, none too many');
      assert.equal(sum(tables.entry, 'amount_minor'), 0);
      assert.equal(Math.max(...tables.entry.map((e) => e.journal_id)), manifest.headId);
      for (const wallet of tables.wallet)
        assert.equal(wallet.balance_minor, sum(tables.entry.filter((e) => e.account_id === wallet.account_id), 'amount_minor'));
      assert.ok(manifest.headId > last);
      last = manifest.headId;
    }
    going = false;
    await selling;
  } finally { going = false; client.close(); await server.stop(); }
}));

test('a changed, missing or foreign file is named', () => withPeople((site) => {
  const fresh = (name) => { const dir = path.join(site.dir, name); site.must(['export', 'all', dir]); return dir; };
  const spoil = [
    ['entry.jsonl', (file) => { const text = readFileSync(file, 'utf8'); writeFileSync(file, text.replace(/1/, '2')); }],
    ['journal.jsonl', (file) => { appendFileSync(file, '{}\n'); }],
    ['wallet.jsonl', (file) => { rmSync(file); }],
    ['more.jsonl', (file) => { writeFileSync(file, ''); }],
  ];
  for (const [i, [name, how]] of spoil.entries()) {
    const dir = fresh(`spoilt-${i}`);
    how(path.join(dir, name));
    refused(site.run(['export', 'verify', dir]), 1, new RegExp(name));
  }
  const dir = fresh('without');
  rmSync(path.join(dir, 'MANIFEST.json'));
  refused(site.run(['export', 'verify', dir]), 66, /MANIFEST\.json/);
}));

test('an export never overwrites, and a refused one leaves nothing', () => withPeople((site) => {
  const full = path.join(site.dir, 'full');
  mkdirSync(full);
  writeFileSync(path.join(full, 'mine.txt'), 'mine');
  refused(site.run(['export', 'all', full]), 73, /already/);
  assert.deepEqual(readdirSync(full), ['mine.txt']);
  refused(site.run(['export', 'all', path.join(site.dir, 'no', 'such')]), 74);
  const own = JSON.parse(site.must(['export', 'all', '--json'])).directory;
  assert.equal(path.dirname(own), path.join(site.data, 'exports'));
  assert.equal(statSync(own).mode & 0o777, 0o700);
}));

test('rebuild makes the same canteen again, also beside a running server', () => withPeople(async (site) => {
  prepare(site);
  const file = path.join(site.dir, 'rebuilt.db');
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  try {
    assert.match(site.must(['rebuild', file]), /: \d+ journals booked again; \d+ wallets and all \d+ rows are equal/);
  } finally { await server.stop(); }
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(site.dir).filter((name) => name.includes('.part')), [], 'nothing is left beside it');
  refused(site.run(['rebuild', file]), 73, /already/);
  const before = JSON.parse(site.must(['verify', '--json']));
  const again = JSON.parse(site.must(['rebuild', path.join(site.dir, 'again.db'), '--json']));
  assert.deepEqual([again.ok, again.journals, again.differences, again.list], [true, before.journals, 0, []]);
  site.must(['restore', file]);
  assert.deepEqual(JSON.parse(site.must(['verify', '--json'])), before, 'it can take the place of the living one');
  refused(site.run(['rebuild', path.join(site.dir, 'no', 'such.db')]), 74);
}));

test('rebuild stops at a journal that cannot have been booked', () => withPeople((site) => {
  const database = path.join(site.data, 'feastfrenzy.db');
  const { headHash, headId } = JSON.parse(site.must(['verify', '--json']));
  site.must(['topup', 'EMP003', '1000']);
  const bytes = readFileSync(database);
  const at = bytes.indexOf(Buffer.from(headHash, 'hex'));
  bytes[at] ^= 1;
  writeFileSync(database, bytes);
  const file = path.join(site.dir, 'rebuilt.db');
  refused(site.run(['rebuild', file]), 1, new RegExp(`journal ${headId + 1} cannot be booked again`));
  assert.equal(readdirSync(site.dir).some((name) => name.startsWith('rebuilt')), false);
}));
