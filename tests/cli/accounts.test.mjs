// SPDX-License-Identifier: MIT
// accounts.test.mjs - what an operator does for those who sign in, and a forgotten password from the request to the
// file in the spool and back.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { refused, withSite } from './site.mjs';

const BOSS = 'boss@works.example';
const ANNA = 'anna@works.example';

function addUsers(site) {
  const add = (email, role, password) =>
    site.must(['user', 'add', email, '--role', role, '--password-stdin'], { input: `${password}\n` });
  add(BOSS, 'admin', 'Very-Good-1');
  add(ANNA, 'employee', 'Very-Good-2');
}

async function withServer(site, more, work) {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...more]);
  const client = new Client(server.port);
  try { await work(client); } finally { client.close(); await server.stop(); }
}

const status = async (client, email, body) => (await client.post('/api/v1/auth/login', { email, ...body })).status;

test('accounts are shown, raised, locked, unlocked and given passwords', () => withSite(async (site) => {
  addUsers(site);
  const { must, run } = site;
  assert.match(must(['user', 'show', ANNA]), /E-mail +anna@works\.example\n.*\nRole +employee\nActive +yes/);
  assert.equal(JSON.parse(must(['user', 'show', ANNA, '--json'])).role, 'employee');
  assert.match(must(['user', 'role', ANNA, 'manager', '--site-wide']), /is manager now, for all departments/);
  assert.match(must(['user', 'show', ANNA]), /Role +manager\n.*\nSite-wide +yes/);
  refused(run(['user', 'role', ANNA, 'chief']), 64);
  refused(run(['user', 'role', BOSS, 'manager']), 64, /cannot change/);
  refused(run(['user', 'lock', BOSS]), 64);
  refused(run(['user', 'show', 'none@works.example']), 64, /no account/);
  refused(run(['user', 'passwd', ANNA, '--password-stdin'], { input: 'Password123\n' }), 64);
  await withServer(site, [], async (client) => {
    assert.equal(await status(client, ANNA, { password: 'Very-Good-2' }), 200);
    assert.match(must(['user', 'lock', ANNA]), /is locked/);
    assert.equal(await status(client, ANNA, { password: 'Very-Good-2' }), 403);
    assert.match(must(['user', 'unlock', ANNA]), /may sign in again/);
    assert.match(must(['user', 'passwd', ANNA, '--password-stdin'], { input: 'Correct-Horse-7\n' }), /has a new password/);
    assert.equal(await status(client, ANNA, { password: 'Very-Good-2' }), 401);
    assert.equal(await status(client, ANNA, { password: 'Correct-Horse-7' }), 200);
  });
}));

test('a locked-out admin comes in with a one-time code', () => withSite(async (site) => {
  addUsers(site);
  await withServer(site, [], async (client) => {
    for (let i = 0; i < 5; i++) assert.equal(await status(client, BOSS, { password: 'wrong' }), 401);
    assert.equal(await status(client, BOSS, { password: 'Very-Good-1' }), 423);
    const code = /signs in once with {2}([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})/.exec(site.must(['user', 'otp', BOSS]))[1];
    assert.equal(await status(client, BOSS, { code: code.toLowerCase().replaceAll('-', '') }), 200);
    assert.equal(await status(client, BOSS, { code }), 401);
    assert.equal(await status(client, BOSS, { password: 'Very-Good-1' }), 200);
  });
}));

test('a lock-out outlives the server', () => withSite(async (site) => {
  addUsers(site);
  await withServer(site, [], async (client) => {
    for (let i = 0; i < 5; i++) await status(client, ANNA, { password: 'wrong' });
  });
  await withServer(site, [], async (client) => {
    const reply = await client.post('/api/v1/auth/login', { email: ANNA, password: 'Very-Good-2' });
    assert.equal(reply.status, 423);
    assert.ok(Number(reply.headers['retry-after']) > 880);
  });
}));

const messages = (spool) => {
  try { return readdirSync(spool).filter((name) => name.endsWith('.eml')).map((name) => path.join(spool, name)); } catch { return []; }
};
async function wait(spool, n) {
  for (let i = 0; i < 200 && messages(spool).length < n; i++) await pause(50);
  return messages(spool);
}

test('a forgotten password: the same answer for all, one message, a link that works once', () => withSite(async (site) => {
  addUsers(site);
  const spool = path.join(site.data, 'spool');
  await withServer(site, ['--mail', 'spool', '--mail-from', 'canteen@works.example', '--public-url', 'https://canteen.works.example'],
    async (client) => {
      assert.equal((await client.must(200, 'GET', '/api/v1/public')).mail, true);
      const known = await client.post('/api/v1/auth/forgot-password', { email: ANNA });
      const unknown = await client.post('/api/v1/auth/forgot-password', { email: 'none@works.example' });
      assert.deepEqual([known.status, known.body], [unknown.status, unknown.body]);
      assert.equal(known.status, 204);
      const [file] = await wait(spool, 1);
      assert.equal(statSync(spool).mode & 0o777, 0o700);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const text = readFileSync(file, 'utf8');
      assert.match(text, /^From: Works canteen <canteen@works\.example>\nTo: <anna@works\.example>\nSubject: A new password\n/);
      const token = /https:\/\/canteen\.works\.example\/reset#(\S+)/.exec(text)[1];
      const reset = (password) => client.post('/api/v1/auth/reset-password', { token, password });
      assert.equal((await reset('weak')).json.code, 'ERR_PASSWORD_TOO_WEAK');
      assert.equal((await reset('Correct-Horse-7')).status, 204);
      assert.equal((await reset('Correct-Horse-8')).json.code, 'ERR_CODE_INVALID');
      assert.equal(await status(client, ANNA, { password: 'Correct-Horse-7' }), 200);
      assert.equal((await wait(spool, 2)).length, 2); // and a note that it was changed; none for the unknown address
      assert.equal(site.must(['mail', 'list', '--json']).trim(), '[]');
    });
}));

test('a sendmail that is not there is tried again later, and the operator sees it', () => withSite(async (site) => {
  addUsers(site);
  await withServer(site, ['--mail', 'sendmail', '--sendmail', '/nowhere/sendmail'], async (client) => {
    await client.post('/api/v1/auth/forgot-password', { email: ANNA });
    let out = '';
    for (let i = 0; i < 200 && !/waiting +1/.test(out); i++) { out = site.must(['mail', 'list']); await pause(50); }
    assert.match(out, /waiting +1 +reset +\S+ +anna@works\.example/);
  });
}));

test('options about mail that do not fit together are refused', () => withSite((site) => {
  refused(site.run(['serve', '--listen', '127.0.0.1:0', '--registration']), 78, /needs mail/);
  refused(site.run(['serve', '--listen', '127.0.0.1:0', '--mail', 'spool', '--mail-from', 'no address']), 78, /no address/);
  refused(site.run(['serve', '--listen', '127.0.0.1:0', '--mail', 'pigeon']), 64);
  refused(site.run(['serve', '--listen', '127.0.0.1:0', '--lock-after', '2']), 64);
}));
