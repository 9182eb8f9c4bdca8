// SPDX-License-Identifier: MIT
// data.test.mjs - imports that are refused whole, copies that come back, tampering that is found.
import assert from 'node:assert/strict';
import { copyFileSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { Client, PROGRAM, start } from '../lib/server.mjs';
import { refused, withDir, withPeople, withSite, INIT } from './site.mjs';

const HEAD = 'name,price,category,description,available\n';
const database = (site) => path.join(site.data, 'feastfrenzy.db');

test('a file with bad rows adds nothing, and every bad row is named', () => withSite((site) => {
  const bad = site.file('bad.csv', `${HEAD}Soup,500,food,,true\nX,500,food,,true\nStew,0,food,,true\nBread,1.5,food,,true\n` +
    'Soup,600,food,,true\nTea,200,drugs,,true\nCake,300,snack,,maybe\n');
  for (const extra of [[], ['--dry-run']]) {
    const result = refused(site.run(['import', 'products', bad, ...extra]), 65);
    for (const line of [3, 4, 5, 6, 7, 8]) assert.match(result.err, new RegExp(`line ${line}\\b`), `line ${line}:\n${result.err}`);
    assert.doesNotMatch(result.err, /^ {2}line 2\b/m);
  }
  assert.equal(site.must(['export', 'products']).trim(), `${HEAD.trim()},taxPercent,allergens,diets,emoji,glaze,menuOnly,barcodes`);
  refused(site.run(['import', 'products', site.file('head.csv', 'title,cost\nSoup,5\n')]), 65);
  refused(site.run(['import', 'products', site.file('empty.csv', '')]), 65, /empty/);
  refused(site.run(['import', 'products', path.join(site.dir, 'none.csv')]), 66, /none\.csv/);
  refused(site.run(['import', 'products', site.dir]), 66, /directory/);
  refused(site.run(['import', 'products', site.file('large.csv', HEAD + 'Soup,500,food,,true\n'.repeat(300000))]), 65, /MiB/);
}));

test('output is never overwritten, and a full disk is an error', () => withPeople((site) => {
  const out = path.join(site.dir, 'out.csv');
  site.must(['export', 'products', '--out', out]);
  assert.equal(readFileSync(out, 'utf8'), site.must(['export', 'products']));
  refused(site.run(['export', 'products', '--out', out]), 73);
  refused(site.run(['backup', 'create', '--out', out]), 73);
  const full = spawnSync(PROGRAM, ['export', 'products', ...site.args], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'], encoding: 'utf8' });
  assert.equal(full.status, 74, full.stderr);
}));

test('a copy restored gives the same head, and what was there is kept', () => withPeople((site) => {
  const copy = path.join(site.dir, 'copy.db');
  site.must(['backup', 'create', '--out', copy]);
  const before = JSON.parse(site.must(['verify', '--json']));
  site.must(['topup', 'EMP003', '1000']);
  assert.notEqual(JSON.parse(site.must(['verify', '--json'])).headHash, before.headHash);
  assert.match(site.must(['restore', copy, '--dry-run']), /would replace/);
  assert.notEqual(JSON.parse(site.must(['verify', '--json'])).headHash, before.headHash, 'a dry run changes nothing');
  assert.match(site.must(['restore', copy]), /is kept as/);
  assert.deepEqual(JSON.parse(site.must(['verify', '--json'])), before);
  assert.equal(readdirSync(site.data).filter((name) => name.includes('before-restore')).length > 0, true);
  refused(site.run(['restore', path.join(site.dir, 'none.db')]), 66);
  refused(site.run(['restore', site.file('junk.db', 'this is no database at all, only some text')]), 65);
  refused(site.run(['backup', 'verify', site.file('junk2.db', 'x'.repeat(9000))]), 1);
}));

test('a copy may be restored where nothing was', () => withPeople((site) => withDir((other) => {
  const copy = path.join(site.dir, 'copy.db');
  site.must(['backup', 'create', '--out', copy]);
  other.must(['restore', copy]);
  assert.equal(JSON.parse(other.must(['verify', '--json'])).headHash, JSON.parse(site.must(['verify', '--json'])).headHash);
})));

// The head's hash, as `verify` prints it, found in the file and changed by one bit.
function tamper(file, hash) {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(Buffer.from(hash, 'hex'));
  assert.ok(at > 0, 'the hash stands in the file');
  bytes[at] ^= 1;
  writeFileSync(file, bytes);
}

test('verify finds a changed journal and names it; the server does not start on it', () => withPeople((site) => {
  const { headHash, headId } = JSON.parse(site.must(['verify', '--json']));
  tamper(database(site), headHash);
  const found = refused(site.run(['verify']), 1, new RegExp(`journal ${headId}\\b`));
  assert.equal(found.out, '');
  const json = site.run(['verify', '--json']);
  assert.equal(json.code, 1);
  const report = JSON.parse(json.out);
  assert.deepEqual([report.ok, report.table, report.id], [false, 'journal', headId]);
  refused(site.run(['serve', '--listen', '127.0.0.1:0']), 74, /restore/);
}));

test('a change further back is found after the start, and then nothing is booked any more', () => withPeople(async (site) => {
  const old = JSON.parse(site.must(['verify', '--json'])).headHash;
  const many = Array.from({ length: 150 }, (_, i) => `M${i},Guest ${i},,Works,,1000\n`).join('');
  site.must(['import', 'employees', site.file('many.csv', `employeeNumber,name,email,department,monthlyLimit,openingBalance\n${many}`)]);
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  tamper(database(site), old);
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  const client = new Client(server.port);
  try {
    let health = await client.get('/health');
    while (health.json.checks.ledger === 'checking') health = await client.get('/health');
    assert.deepEqual([health.status, health.json.status, health.json.checks.ledger], [503, 'degraded', 'failed']);
    assert.equal((await client.get('/health/ready')).status, 503);
    refused(site.run(['healthcheck']), 1, /answered 503/);
    await client.login('boss@works.example', 'Very-Good-1');
    assert.equal((await client.get('/api/v1/products')).status, 200);
    const topup = await client.post('/api/v1/employees/1/topups', { amount: 100, source: 'cash' }, { headers: { 'Idempotency-Key': 'after-the-failed-check' } });
    assert.deepEqual([topup.status, topup.json.code], [503, 'ERR_STORAGE_FAULT']);
    refused(site.run(['topup', 'EMP001', '100']), 74, /feastfrenzy verify/);
    site.must(['backup', 'create']);
    assert.match(server.log(), /books are not sound/);
  } finally { client.close(); await server.stop(); }
}));

test('a database that is damaged, or none, is never replaced by an empty one', () => withPeople((site) => {
  const bytes = readFileSync(database(site));
  bytes.fill(0x58, 0, 100);
  writeFileSync(database(site), bytes);
  refused(site.run(['serve', '--listen', '127.0.0.1:0']), 74);
  refused(site.run(['export', 'products']), 74);
  assert.ok(bytes.equals(readFileSync(database(site))));
  rmSync(database(site));
  refused(site.run(['serve', '--listen', '127.0.0.1:0']), 78, /no database/);
  assert.equal(readdirSync(site.data).includes('feastfrenzy.db'), false);
}));

test('a newer database is refused with both versions named', () => withSite((site) => {
  const bytes = readFileSync(database(site));
  const ours = bytes.readUInt32BE(60);
  bytes.writeUInt32BE(999, 60);
  writeFileSync(database(site), bytes);
  for (const words of [['serve', '--listen', '127.0.0.1:0'], ['export', 'products'], ['verify'], ['migrate', 'up']]) {
    const { err } = refused(site.run(words), 78, /999/);
    assert.match(err, new RegExp(`\\b${ours}\\b`));
  }
}));

test('down and up again leave the same books', () => withPeople((site) => {
  const before = JSON.parse(site.must(['verify', '--json']));
  refused(site.run(['migrate', 'down']), 64, /--yes/);
  assert.match(site.must(['migrate', 'down', '--yes']), /went from version \d+ to version \d+; a copy/);
  refused(site.run(['serve', '--no-migrate', '--listen', '127.0.0.1:0']), 78);
  assert.match(site.must(['migrate', 'up', '--dry-run']), /would do/);
  assert.match(site.must(['migrate', 'status']), /pending/);
  site.must(['migrate', 'up']);
  assert.match(site.must(['migrate', 'up']), /Nothing to do/);
  assert.deepEqual(JSON.parse(site.must(['verify', '--json'])), before);
  assert.equal(readdirSync(path.join(site.data, 'backups')).filter((n) => n.startsWith('before-update')).length, 2);
}));

test('commands say what to type when there is no canteen yet', () => withDir((site) => {
  refused(site.run(['serve']), 78, /feastfrenzy init/);
  refused(site.run(['export', 'products']), 78, /feastfrenzy init/);
  refused(site.run(['healthcheck']), 78, /feastfrenzy init/);
  site.must(INIT);
  refused(site.run(['healthcheck']), 1, /no server runs/);
  copyFileSync(database(site), path.join(site.dir, 'raw.db'));
}));

test('a file of people is looked at, then changes them', () => withPeople((site) => {
  const file = site.file('staff.csv', 'employeeNumber,name,email\nEMP001,Árvíztűrő Péter,\nEMP900,Új Ember,uj@works.example\n');
  refused(site.run(['import', 'employees', file]), 65, /EMP001|line 2/);
  const look = site.must(['import', 'employees', file, '--update', '--dry-run']);
  assert.match(look, /2 rows read, 1 would be added\n1 would be changed, 0 the same\n {2}line 2: .+: name .+ -> Árvíztűrő Péter\n {2}line 3: Új Ember is new/);
  assert.doesNotMatch(site.must(['export', 'employees']), /Árvíztűrő/);
  site.must(['import', 'employees', file, '--update']);
  assert.match(site.must(['export', 'employees']), /EMP001,Árvíztűrő Péter,/);
  const everybody = site.file('all.csv', site.must(['export', 'employees', '--bom']));
  assert.match(site.must(['import', 'employees', everybody, '--update']), /0 added\n0 changed, 21 the same/);
}));

test('the lists leave as CSV, with the mark of a spreadsheet when asked', () => withPeople((site) => {
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  assert.match(site.must(['export', 'users']), /^email,name,role,.+\r\nboss@works\.example,.*,admin,,,false,true,\r\n$/);
  const departments = site.must(['export', 'departments']);
  assert.match(departments, /^name\r\n(.+\r\n){4}$/);
  assert.equal(site.must(['export', 'departments', '--bom']), `\uFEFF${departments}`);
  assert.match(site.must(['export', 'purchases', '--from', '2026-01-01']), /^purchase,recordedAt,businessDate,.+\r\n$/);
  assert.match(site.must(['report', 'day', '--csv', '--bom']), /^\uFEFF/);
  refused(site.run(['import', 'departments', site.file('d.csv', departments)]), 65);
  assert.match(site.must(['import', 'departments', site.file('d2.csv', departments), '--update']), /4 the same/);
}));

test('ten thousand rows with three bad ones name the three lines and change nothing', () => withPeople((site) => {
  const rows = Array.from({ length: 10000 }, (_, i) => `B${i},Person ${i},Works,100`);
  for (const [i, bad] of [[0, 'B0,,Works,100'], [4998, 'B1,Twice,Works,100'], [9999, 'B9999,Last,Works,1.005']]) rows[i] = bad;
  const before = site.must(['export', 'employees']);
  const { err } = refused(site.run(['import', 'employees', site.file('b.csv', `employeeNumber,name,department,monthlyLimit\n${rows.join('\n')}\n`)]), 65);
  assert.deepEqual([...err.matchAll(/^ {2}line (\d+)/gm)].map((m) => Number(m[1])), [2, 5000, 10001]);
  assert.equal(site.must(['export', 'employees']), before);
}));
