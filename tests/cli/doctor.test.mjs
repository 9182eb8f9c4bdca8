// SPDX-License-Identifier: MIT
// doctor.test.mjs - the table of checks, asked by doctor beside a server and without one, and what start and readiness
// make of its findings.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { refused, withDir, withPeople, withSite } from './site.mjs';

const IDS = ['config-parse', 'config-perms', 'data-perms', 'data-fs-local', 'disk-free', 'lock', 'schema-version', 'sync-mode', 'wal-size',
  'quick-check', 'foreign-keys', 'ledger-balance', 'stock', 'audit-chain', 'erasures', 'keyring', 'admin-exists', 'backup-age', 'backup-verify-latest', 'clock-sane', 'time-zone',
  'listen-port', 'certificate', 'library-versions', 'entropy', 'core-dumps-off', 'no-new-privs', 'umask'];
// What a fresh directory on any machine may be warned of.
const FRESH = new Set(['admin-exists', 'backup-age', 'backup-verify-latest', 'clock-synced']);

const serve = (site, ...extra) => start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...extra]);
const PORT = ['--listen', '127.0.0.1:0'];

// {code, level, of: {id: check}}
function doctor(site, words = [], options = {}) {
  const r = site.run(['doctor', '--json', ...PORT, ...words], options);
  const told = JSON.parse(r.out);
  const of = Object.fromEntries(told.checks.map((c) => [c.id, c]));
  const code = { ok: 0, warn: 2, error: 1 }[told.level];
  assert.equal(r.code, code, `exit code of ${told.level}`);
  for (const c of told.checks) {
    assert.ok(c.text.length > 5 && !c.text.endsWith('.'), `${c.id}: ${c.text}`);
    assert.equal(c.fix !== '', c.level !== 'ok', `${c.id} has a remedy exactly when it needs one`);
  }
  return { code: r.code, level: told.level, of };
}

test('a fresh canteen has no error, without a server and beside one', () => withSite(async (site) => {
  const look = () => {
    const { of } = doctor(site);
    for (const id of IDS) assert.ok(of[id], `there is a check ${id}`);
    for (const [id, c] of Object.entries(of)) assert.equal(c.level, FRESH.has(id) ? c.level : 'ok', `${id}: ${c.text}`);
    assert.equal(of['admin-exists'].level, 'warn');
    return of;
  };
  assert.match(look().lock.text, /no other process/);
  const server = await serve(site);
  try {
    assert.match(look().lock.text, new RegExp(`pid ${server.pid}\\b`));
  } finally { await server.stop(); }
}));

test('the list is the table; --run takes some of it; another name is 64', () => withSite((site) => {
  const names = site.run(['doctor', '--list']).out.trim().split('\n');
  assert.deepEqual(Object.keys(doctor(site).of), names);
  const { code, of } = doctor(site, ['--run', 'umask,disk-free']);
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(of).sort(), ['disk-free', 'umask']);
  refused(site.run(['doctor', '--run', 'umask,moon']), 64, /no check "moon"/);
  const text = site.run(['doctor', '--run', 'admin-exists']);
  assert.equal(text.code, 2);
  assert.match(text.out, /^warn {2}admin-exists +nobody can sign in yet\n +Try: feastfrenzy user add/);
}));

test('a bad configuration is a finding, and the rest is looked at all the same', () => withSite((site) => {
  const config = site.file('bad.ini', '[http]\nthreads = many\n');
  const { code, of } = doctor(site, ['--config', config]);
  assert.equal(code, 1);
  assert.equal(of['config-parse'].level, 'error');
  assert.match(of['config-parse'].text, /line 2/);
  assert.equal(of['ledger-balance'].level, 'ok');
}));

test('modes are found and mended', () => withSite((site) => {
  const config = site.file('good.ini', '[http]\nthreads = 16\n');
  const key = path.join(site.data, 'keys');
  doctor(site); // makes the keys
  chmodSync(config, 0o666);
  chmodSync(site.data, 0o755);
  chmodSync(key, 0o755);
  const before = doctor(site, ['--config', config]).of;
  assert.equal(before['config-perms'].level, 'error');
  assert.equal(before['data-perms'].level, 'error');
  assert.match(before['sync-mode'].text, /not looked at/);
  const { of } = doctor(site, ['--config', config, '--fix']);
  for (const id of ['config-perms', 'data-perms']) assert.deepEqual([of[id].level, of[id].mended], ['ok', true], id);
  assert.equal(of['sync-mode'].level, 'ok', 'what was mended first lets the rest be looked at');
  assert.deepEqual([site.data, key].map((f) => statSync(f).mode & 0o777), [0o700, 0o700]);
  assert.equal(statSync(config).mode & 0o022, 0);
}));

test('no data, a busy port: an error each', () => withDir(async (site) => {
  const none = doctor(site).of;
  assert.match(none['data-perms'].text, /no data directory/);
  assert.equal(none['schema-version'].level, 'error');
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  try {
    const address = `127.0.0.1:${other.address().port}`;
    const r = JSON.parse(site.run(['doctor', '--json', '--listen', address, '--run', 'listen-port']).out);
    assert.match(r.checks[0].text, new RegExp(`in use by process ${process.pid}`));
  } finally { other.close(); }
}));

test('a file that is no ledger is an error that names the way back', () => withSite((site) => {
  writeFileSync(path.join(site.data, 'feastfrenzy.db'), 'x'.repeat(8192));
  const { code, of } = doctor(site);
  assert.equal(code, 1);
  assert.equal(of['schema-version'].level, 'error');
  assert.match(of['quick-check'].text, /not looked at/);
}));

test('a large log, a run that was cut off, a backup: told as they are', () => withSite(async (site) => {
  const server = await serve(site);
  site.must(['backup', 'create']);
  await server.kill();
  let { of } = doctor(site);
  assert.equal(of.lock.level, 'warn');
  assert.equal(of['backup-age'].level, 'ok');
  assert.match(of['backup-verify-latest'].text, /good/);
  ({ of } = doctor(site, ['--fix', '--run', 'lock']));
  assert.deepEqual([of.lock.level, of.lock.mended], ['ok', true]);
  truncateSync(path.join(site.data, 'feastfrenzy.db-wal'), 40 << 20);
  assert.match(doctor(site, ['--run', 'wal-size']).of['wal-size'].text, /40 MiB/);
}));

test('a clock before the last booking is an error, and the server is not ready', () => withPeople(async (site) => {
  const later = await serve(site, '--test-clock', '2099-01-01T10:00:00Z');
  site.must(['topup', 'EMP001', '1000']);
  await later.stop();
  const { of } = doctor(site);
  assert.equal(of['clock-sane'].level, 'error');
  assert.match(of['clock-sane'].text, /2099-01-01T10:00/);
  const server = await serve(site);
  const client = new Client(server.port);
  try {
    const health = await client.get('/health');
    assert.equal(health.status, 503);
    assert.deepEqual([health.json.status, health.json.checks.clock, health.json.checks.database], ['degraded', 'failed', 'ok']);
    assert.equal((await client.get('/health/ready')).status, 503);
    assert.equal((await client.get('/health/live')).status, 200);
    assert.match(server.log(), /"check":"clock-sane"/);
  } finally { client.close(); await server.stop(); }
}));

test('a start is refused for keys that are not ours alone, and only warned for less', () => withSite(async (site) => {
  const keys = path.join(site.data, 'keys');
  doctor(site);
  const [first] = readdirSync(keys);
  const cases = [[keys, 0o750], [path.join(keys, first), 0o640], [path.join(keys, 'badge.key'), 0o604]];
  for (const [file, mode] of cases) {
    const was = statSync(file).mode & 0o777;
    chmodSync(file, mode);
    refused(site.run(['serve', ...PORT]), 77, /open to others/);
    chmodSync(file, was);
  }
  mkdirSync(path.join(site.data, 'backups'), { recursive: true });
  chmodSync(path.join(site.data, 'backups'), 0o755);
  const server = await serve(site);
  assert.match(server.log(), /backups is open to others/);
  await server.stop();
}));

test('links in place of keys or ledger are refused', () => withSite((site) => {
  doctor(site);
  for (const name of ['keys', 'keys/badge.key', 'feastfrenzy.db']) {
    const file = path.join(site.data, name);
    const aside = path.join(site.dir, path.basename(name));
    renameSync(file, aside);
    symlinkSync(aside, file);
    refused(site.run(['serve', ...PORT]), 77, /is a link/);
    assert.equal(doctor(site, ['--fix']).of['data-perms'].level, 'error', 'a link is nothing to mend');
    unlinkSync(file);
    renameSync(aside, file);
  }
}));
