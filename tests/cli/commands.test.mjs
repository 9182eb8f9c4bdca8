// SPDX-License-Identifier: MIT
// commands.test.mjs - every command does its work, without a server and beside a running one.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, run, start } from '../lib/server.mjs';
import { EMPLOYEES, INIT, PRODUCTS, menuOut, refused, withDir, withPeople, withSite } from './site.mjs';

const lines = (text) => text.trim().split(/\r?\n/);

// The whole set, once; `again` marks the second round in the same canteen.
function everyCommand(site) {
  const { must } = site;
  assert.match(must(['import', 'products', PRODUCTS, '--dry-run']), /65 rows read, 65 would be added\n[^]*Dearest: Borjúpörkölt \(2.290 Ft\)/);
  assert.match(must(['import', 'products', PRODUCTS]), /65 rows read, 65 added/);
  assert.match(must(['import', 'employees', EMPLOYEES]), /20 rows read, 20 added\n4 new departments/);
  assert.deepEqual(lines(must(['export', 'products'])), lines(menuOut()));
  assert.deepEqual(lines(must(['export', 'employees'])), lines(readFileSync(EMPLOYEES, 'utf8')));
  assert.match(must(['employee', 'pin', 'EMP001', '--pin-stdin'], { input: '1397\n' }), /EMP001 has a new pin/);
  assert.match(must(['employee', 'badge', 'EMP001', '--badge-stdin'], { input: 'FF-0001\n' }), /EMP001 has a new badge/);
  assert.match(must(['employee', 'list']), /EMP001 +Kovács Péter +Engineering +yes +1 +yes/);
  assert.equal(JSON.parse(must(['employee', 'list', '--json'])).length, 20);
  assert.match(must(['user', 'add', 'boss@works.example', '--role', 'admin', '--name', 'The Boss', '--password-stdin'],
    { input: 'Very-Good-1\n' }), /boss@works\.example may sign in as admin/);
  assert.match(must(['user', 'add', 'peter@works.example', '--employee', 'EMP001', '--password-file',
    site.file('secret', 'Very-Good-2\n')]), /as employee/);
  assert.match(must(['user', 'list']), /boss@works\.example +admin +yes +The Boss/);
  assert.match(must(['kiosk', 'add', 'Kiosk 1']), /Pairing code {2}[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/);
  const first = /Pairing code {2}(\S+)/.exec(must(['kiosk', 'code', 'Kiosk 1']))[1];
  const second = /Pairing code {2}(\S+)/.exec(must(['kiosk', 'code', 'Kiosk 1']))[1];
  assert.notEqual(first, second);
  assert.match(must(['kiosk', 'list']), /Kiosk 1 +no/);
  const key = ['--key', 'top-up-of-the-test-0001'];
  assert.match(must(['topup', 'EMP001', '5000', ...key]), /5000 HUF booked, balance 30000 HUF/);
  assert.match(must(['topup', 'EMP001', '5000', ...key]), /was booked before, balance 30000 HUF/);
  refused(site.run(['topup', 'EMP001', '6000', ...key]), 64, /IDEMPOTENCY|another request|different request/i);
  assert.match(must(['topup', 'EMP002', '100', '--source', 'bank']), /balance 20100 HUF/);
  assert.match(must(['payout', 'EMP002', '100', '--note', 'leaves']), /-100 HUF booked, balance 20000 HUF/);
  refused(site.run(['payout', 'EMP002', '20001']), 64, /does not cover/);
  refused(site.run(['adjust', 'EMP002', '10', '--reason', 'correction']), 64, /note/);
  const adjusted = must(['adjust', 'EMP002', '--reason', 'goodwill', '--note', 'cold soup', '10']);
  const [, journal] = /10 HUF booked, balance 20010 HUF \(journal (\d+)\)/.exec(adjusted);
  refused(site.run(['void', journal]), 64, /reason/);
  refused(site.run(['void', 'ten', '--reason', 'booked_twice']), 64, /no journal number/);
  assert.match(must(['void', journal, '--reason', 'booked_twice']), /-10 HUF booked, balance 20000 HUF/);
  const statement = must(['statement', 'EMP002']);
  assert.match(statement, /opening .*20000\n(.*\n){4}.*closing +20000/);
  assert.match(must(['statement', 'EMP002', '--csv']), /,topup,\d+,100,20100,\r\n/);
  assert.equal(JSON.parse(must(['statement', 'EMP002', '--json'])).closing, 20000);
  refused(site.run(['statement', 'EMP002', '--from', '2026-01-01']), 64, /both days/);
  const copy = path.join(site.dir, 'copy.db');
  const made = JSON.parse(must(['backup', 'create', '--out', copy, '--json']));
  assert.equal(made.file, copy);
  assert.equal(statSync(copy).mode & 0o777, 0o600);
  assert.match(must(['backup', 'create']), /backups\/feastfrenzy-.*\.db\n.*checked/);
  assert.match(run(['backup', 'verify', copy, ...site.args]).out, /good, version \d+, last journal 25/);
  const report = JSON.parse(must(['verify', '--json']));
  assert.deepEqual([report.ok, report.journals, report.headId], [true, 25, 25]);
  assert.match(must(['migrate', 'status']), /Database version (\d+), program version \1/);
}

test('every command works without a server', () => withSite((site) => everyCommand(site)));

test('every command works beside a running server, and the server sees it', () => withSite(async (site) => {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  try {
    everyCommand(site);
    assert.equal(site.must(['healthcheck']), 'ready\n');
    const client = new Client(server.port);
    await client.login('boss@works.example', 'Very-Good-1');
    const people = await client.must(200, 'GET', '/api/v1/employees?q=EMP001');
    assert.equal(people.data[0].badges, 1);
    assert.equal((await client.must(200, 'GET', `/api/v1/employees/${people.data[0].id}/balance`)).balance, 30000);
    refused(site.run(['restore', path.join(site.dir, 'copy.db')]), 75, /stop the server/);
    refused(site.run(['migrate', 'down', '--yes']), 75, /stop the server/);
    client.close();
  } finally { await server.stop(); }
}));

test('badges are given, listed, blocked and removed; day cards are lent', () => withPeople((site) => {
  site.must(['employee', 'badge', 'add', 'EMP001', '--badge-stdin', '--label', 'key ring'], { input: 'FF-0001\n' });
  assert.match(site.must(['employee', 'badge', 'list', 'EMP001']), /1 +key ring +own +active +-/);
  assert.match(site.must(['employee', 'badge', 'block', 'EMP001', '1']), /is blocked/);
  assert.match(site.must(['employee', 'badge', 'list', 'EMP001']), /blocked/);
  refused(site.run(['employee', 'badge', 'block', 'EMP002', '1']), 64, /no such badge/i);
  site.must(['employee', 'badge', 'unblock', 'EMP001', '1']);
  site.must(['employee', 'badge', 'remove', 'EMP001', '1']);
  assert.match(site.must(['employee', 'badge', 'code', 'EMP001']), /Code {2}[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/);
  site.must(['daycard', 'add', '7', '--badge-stdin'], { input: 'DAY-7\n' });
  assert.match(site.must(['daycard', 'lend', '7', 'EMP001']), /EMP001 has day card 7 until /);
  assert.match(site.must(['daycard', 'list']), /7 +yes +\S+/);
  refused(site.run(['daycard', 'lend', '7', 'EMP002']), 64, /Somebody else has this card/);
  site.must(['daycard', 'return', '7']);
  assert.match(site.must(['daycard', 'list']), /7 +no +-/);
  site.must(['daycard', 'remove', '7']);
  refused(site.run(['daycard', 'lend', '7', 'EMP002']), 64, /no day card "7"/);
}));

test('cards and first PINs are printed, never over a file that is there', () => withPeople((site) => {
  const file = path.join(site.dir, 'cards.html');
  const cards = site.run(['employee', 'cards', '--out', file]);
  assert.equal(cards.code, 0, cards.err);
  const people = Number(/^(\d+) cards/m.exec(cards.err)[1]);
  assert.equal(readFileSync(file, 'utf8').match(/<path /g).length, people);
  refused(site.run(['employee', 'cards', '--out', file]), 73, /File exists/);
  assert.match(site.must(['employee', 'badge', 'list', 'EMP001']), /card \d{4}-\d\d-\d\d +own +active/);
  assert.equal(site.must(['employee', 'badge', 'list', 'EMP001', '--json']).match(/"id"/g).length, 1, 'the refused sheet gave nobody a badge');
  const sheet = site.must(['employee', 'pins', 'EMP001']);
  assert.match(sheet, />EMP001<[\s\S]*>\d{4}</);
  refused(site.run(['employee', 'cards', '--department', 'Nowhere']), 64, /no department "Nowhere"/);
}));

test('people are invited one by one, by a file and all at once', () => withPeople((site) => {
  assert.match(site.must(['user', 'invite', 'EMP001']), /Code {2}[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/);
  refused(site.run(['user', 'invite', 'EMP001', '--by-mail']), 64, /No mail is sent|No e-mail/);
  const people = site.file('people.csv', 'employeeNumber\nEMP001\nEMP002\n');
  const sheet = site.must(['user', 'invite', people]);
  assert.equal(sheet.match(/<g /g).length, 2);
  const all = path.join(site.dir, 'all.html');
  site.must(['user', 'invite', '--all', '--sheet', all, '--public-url', 'https://canteen.lan']);
  assert.match(readFileSync(all, 'utf8'), />https:\/\/canteen\.lan\/welcome</);
  refused(site.run(['user', 'invite', '--all', '--sheet', all]), 73, /File exists/);
  refused(site.run(['user', 'invite']), 64, /name one person, a file, or --all/);
  refused(site.run(['user', 'invite', site.file('bad.csv', 'employeeNumber\nNOBODY\n')]), 65, /nobody was invited/);
}));

test('two decimals are read and shown as such', () => withDir((site) => {
  site.must(['init', '--currency', 'EUR', '--tz', 'Europe/Berlin']);
  refused(site.run(['import', 'products', PRODUCTS]), 64, /--amounts minor/);
  site.must(['import', 'products', PRODUCTS, '--amounts', 'minor']);
  site.must(['import', 'employees', EMPLOYEES, '--amounts', 'minor']);
  assert.match(site.must(['export', 'products']), /^Gulyásleves,8\.90,/m);
  assert.equal(site.must(['export', 'products', '--amounts', 'minor']), menuOut());
  assert.equal(site.must(['export', 'employees', '--amounts', 'minor']), readFileSync(EMPLOYEES, 'utf8'));
  assert.match(site.must(['topup', 'EMP001', '20.50']), /20\.50 EUR booked, balance 270\.50 EUR/);
  for (const amount of ['20,50', '20.505', '-1', '0', '1e3', '2 000', 'ten']) {
    refused(run([...site.args, 'topup', 'EMP001', '--', amount]), 64, /must be positive and look like 20\.00/);
  }
}));

test('init fixes the facts, refuses nonsense, and never replaces a database', () => withDir((site) => {
  refused(site.run(['init', '--currency', 'forint']), 64, /between 3 and 3 characters/);
  refused(site.run(['init', '--currency', 'huf']), 64, /no currency code/);
  refused(site.run(['init', '--tz', 'Mars/Olympus']), 64, /no time zone/);
  const out = site.must(INIT);
  assert.match(out, /Database {2}created, version \d+/);
  assert.match(out, /HUF with 0 decimals, Europe\/Budapest/);
  assert.equal(statSync(site.data).mode & 0o777, 0o700);
  const before = readFileSync(path.join(site.data, 'feastfrenzy.db'));
  refused(site.run(INIT), 73, /never replaced/);
  assert.ok(before.equals(readFileSync(path.join(site.data, 'feastfrenzy.db'))));
}));

test('secrets are not taken from nowhere, and weak ones are refused', () => withPeople((site) => {
  refused(site.run(['user', 'add', 'a@b.example', '--role', 'admin']), 64, /--password-stdin/);
  refused(site.run(['user', 'add', 'a@b.example', '--password-stdin'], { input: '\n' }), 65, /no password/);
  refused(site.run(['user', 'add', 'a@b.example', '--password-stdin'], { input: 'weak\n' }), 64, /too weak/);
  refused(site.run(['user', 'add', 'a@b.example', '--password-file', `${site.dir}/none`]), 66);
  refused(site.run(['user', 'add', 'a@b.example', '--password', 'Very-Good-1']), 64, /--password-/);
  refused(site.run(['employee', 'pin', 'EMP001', '--pin-stdin'], { input: '12\n' }), 64);
  refused(site.run(['employee', 'pin', 'EMP099', '--pin-stdin'], { input: '1397\n' }), 64, /no employee number EMP099/);
  site.must(['user', 'add', 'a@b.example', '--password-stdin'], { input: 'Very-Good-1\n' });
  refused(site.run(['user', 'add', 'a@b.example', '--password-stdin'], { input: 'Very-Good-1\n' }), 73);
  site.must(['kiosk', 'add', 'One']);
  refused(site.run(['kiosk', 'add', 'One']), 73);
  refused(site.run(['kiosk', 'code', 'Two']), 64, /no kiosk "Two"/);
  refused(site.run(['kiosk', 'revoke', 'Two']), 64, /no kiosk "Two"/);
  refused(site.run(['employee', 'badge', 'steal', 'EMP001']), 64, /unknown action steal/);
  refused(site.run(['employee', 'badge', 'block', 'EMP001']), 64, /NUMBER and ID/);
  refused(site.run(['daycard', 'lend', '7']), 64, /takes CARD NUMBER/);
  refused(site.run(['kiosk', 'pair', 'ABCD-EFGH']), 64, /needs a name/);
  refused(site.run(['kiosk', 'pair', 'ABCD-EFGH', '--name', 'Two']), 64, /No kiosk shows this code/);
}));

test('version tells the libraries that run; openapi is the document', () => {
  const version = JSON.parse(run(['version', '--json']).out);
  assert.match(version.libraries.sqlite, /^3\.\d+/);
  assert.ok(version.schema >= 1 && version.version && version.build && version.compiler);
  const document = JSON.parse(run(['openapi']).out);
  assert.match(document.openapi, /^3\.1/);
  assert.ok(document.paths['/api/v1/purchases'].post);
});
