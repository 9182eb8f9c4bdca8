// SPDX-License-Identifier: MIT
// keys.test.mjs - the keys of tokens as an operator handles them, beside a server and without one; and what the people
// who are signed in notice of it: nothing of a rotation, and a revocation at once.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, start } from '../lib/server.mjs';
import { refused, withSite } from './site.mjs';

const PASSWORD = 'Lunch2026';
const ANNA = 'anna@example.com';

const addUser = (site, email = ANNA, role = 'admin') =>
  site.must(['user', 'add', email, '--role', role, '--password-stdin'], { input: `${PASSWORD}\n` });
const keys = (site) => JSON.parse(site.must(['keys', 'list', '--json']));
const files = (site) => readdirSync(path.join(site.data, 'keys')).filter((name) => name.startsWith('token')).sort();

async function withServer(site, work, more = []) {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--rate-limit', '0', ...more]);
  try { await work(server); } finally { await server.stop(); }
}

async function signedIn(server, email = ANNA) {
  const client = new Client(server.port, { connections: 4 });
  await client.login(email, PASSWORD);
  return client;
}

test('keys are listed, rotated and revoked without a server', () => withSite(async (site) => {
  const [first] = keys(site);
  assert.match(first.kid, /^[0-9a-f]{16}$/);
  assert.equal(first.signs, true);
  assert.equal(first.refreshUntil, null);
  assert.match(site.must(['keys', 'list']), new RegExp(`^KEY .*\n${first.kid} `));

  const made = JSON.parse(site.must(['keys', 'rotate', '--json']));
  const [old, now] = keys(site);
  assert.deepEqual([old.kid, old.signs, now.kid, now.signs], [first.kid, false, made.kid, true]);
  const ms = (a, b) => Date.parse(a) - Date.parse(b);
  assert.equal(ms(old.accessUntil, old.retiredAt), 16 * 60_000);
  assert.equal(ms(old.refreshUntil, old.retiredAt), 7 * 86_400_000 + 60_000);

  site.must(['keys', 'rotate']);
  refused(site.run(['keys', 'rotate']), 64, /no key was made/);
  assert.equal(files(site).length, 3);
  for (const name of files(site)) {
    const file = statSync(path.join(site.data, 'keys', name));
    assert.equal(file.mode & 0o777, 0o600);
    assert.equal(file.size, 32);
  }

  assert.match(site.must(['keys', 'revoke', first.kid]), /must sign in again/);
  assert.equal(files(site).length, 2);
  refused(site.run(['keys', 'revoke', first.kid]), 64, /was not revoked/);
  refused(site.run(['keys', 'revoke', 'abc']), 64, /16 hexadecimal digits/);
  refused(site.run(['keys', 'revoke', '../../../etc/passwd']), 64);
}));

test('a rotation under load signs nobody out, and a revocation everybody', () => withSite(async (site) => {
  addUser(site);
  await withServer(site, async (server) => {
    const clients = [];
    for (let i = 0; i < 6; i += 1) clients.push(await signedIn(server));
    const count = { ok: 0, refreshed: 0 };
    const bad = [];
    let stop = false;
    const work = async (client) => {
      while (!stop) {
        const me = await client.get('/api/v1/auth/me');
        if (me.status === 200) count.ok += 1; else bad.push(me.body);
        const again = await client.post('/api/v1/auth/refresh', { refreshToken: client.refreshToken }, { token: null });
        if (again.status !== 200) { bad.push(again.body); continue; }
        client.token = again.json.accessToken;
        client.refreshToken = again.json.refreshToken;
        count.refreshed += 1;
      }
    };
    const working = clients.map(work);
    const reached = async (n) => { while (count.refreshed < n && !bad.length) await new Promise((done) => setTimeout(done, 5)); };
    await reached(100);
    site.must(['keys', 'rotate']);
    await reached(count.refreshed + 100);
    site.must(['keys', 'rotate']);
    await reached(count.refreshed + 100);
    stop = true;
    await Promise.all(working);
    assert.deepEqual(bad, []);

    // one that slept through both rotations comes back
    const sleeper = clients[0];
    const [, , now] = keys(site);
    site.must(['keys', 'revoke', now.kid]);
    for (const client of clients) {
      assert.equal((await client.get('/api/v1/auth/me')).json.code, 'ERR_TOKEN_INVALID');
      const again = await client.post('/api/v1/auth/refresh', { refreshToken: client.refreshToken }, { token: null });
      assert.equal(again.status, 401);
    }
    await sleeper.login(ANNA, PASSWORD);
    await sleeper.must(200, 'GET', '/api/v1/auth/me');
    clients.forEach((client) => client.close());
  });
}));

test('sixteen renewals with one token, side by side, get one successor; a copy of it later ends the session', () => withSite(async (site) => {
  addUser(site);
  await withServer(site, async (server) => {
    const client = new Client(server.port, { connections: 16 });
    await client.login(ANNA, PASSWORD);
    const spent = client.refreshToken;
    const renew = (refreshToken) => client.post('/api/v1/auth/refresh', { refreshToken }, { token: null });
    const all = await Promise.all(Array.from({ length: 16 }, () => renew(spent)));
    assert.deepEqual([...new Set(all.map((r) => r.status))], [200]);
    const [next, ...others] = new Set(all.map((r) => r.json.refreshToken));
    assert.deepEqual(others, []);
    const after = await renew(next);
    assert.equal(after.status, 200);
    assert.equal((await renew(spent)).json.code, 'ERR_REFRESH_REUSED');
    assert.equal((await renew(after.json.refreshToken)).json.code, 'ERR_TOKEN_REVOKED');
    assert.equal((await client.request('GET', '/api/v1/auth/me', { token: after.json.accessToken })).json.code, 'ERR_TOKEN_REVOKED');
    client.close();
  });
}));

test('keys are for the command line only', () => withSite(async (site) => {
  addUser(site);
  await withServer(site, async (server) => {
    const anna = await signedIn(server);
    const [{ kid }] = keys(site);
    for (const [method, target] of [['GET', ''], ['POST', ''], ['DELETE', `/${kid}`]]) {
      const r = await anna.request(method, `/api/v1/admin/keys${target}`);
      assert.equal(r.json.code, 'ERR_FORBIDDEN');
    }
    anna.close();
  });
}));

test('the one key of before the ring signs nobody out', () => withSite(async (site) => {
  const folder = path.join(site.data, 'keys');
  const [now] = files(site);
  writeFileSync(path.join(folder, 'token.key'), Buffer.alloc(32, 7), { mode: 0o600 });
  const [before, ring] = keys(site);
  assert.equal(before.madeAt, null);
  assert.equal(before.signs, false);
  assert.equal(`${ring.kid}.key`, now.slice(-20));
  for (const size of [0, 1, 31, 33]) {
    writeFileSync(path.join(folder, 'token.key'), Buffer.alloc(size, 7));
    refused(site.run(['serve', '--listen', '127.0.0.1:0']), 78, /keys/);
  }
}));

test('a key file of another size or name stops the start', () => withSite(async (site) => {
  const folder = path.join(site.data, 'keys');
  const [name] = files(site);
  const file = path.join(folder, name);
  for (const size of [0, 1, 31, 33]) {
    writeFileSync(file, Buffer.alloc(size, 7));
    assert.match(refused(site.run(['serve', '--listen', '127.0.0.1:0']), 78).err, /must hold exactly 32 bytes/);
  }
  writeFileSync(file, Buffer.alloc(32, 7));
  assert.match(refused(site.run(['serve', '--listen', '127.0.0.1:0']), 78).err, /does not hold the key of its name/);
  renameSync(file, path.join(folder, 'token-1.key'));
  assert.match(refused(site.run(['serve', '--listen', '127.0.0.1:0']), 78).err, /not the name of a signing key/);
}));

test('after ninety days a server takes a new key by itself', () => withSite(async (site) => {
  const at = Date.parse('2026-03-02T11:45:00Z');
  await withServer(site, async (server) => {
    const client = new Client(server.port);
    const [first] = keys(site);
    const until = async (what) => { for (let i = 0; i < 200; i += 1) { if (what(keys(site))) return; } assert.fail('no change'); };
    await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(at + 400 * 86_400_000).toISOString() } });
    await until((list) => list.length === 2 && list[1].signs && list[0].kid === first.kid);
    await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(at + 408 * 86_400_000).toISOString() } });
    await until((list) => list.length === 1 && list[0].kid !== first.kid);
    client.close();
  }, ['--test-clock', new Date(at).toISOString()]);
}));

test('tokens live as long as the operator says', () => withSite(async (site) => {
  addUser(site);
  const at = Date.parse('2026-03-02T11:45:00Z');
  const move = (client, ms) => client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(at + ms).toISOString() } });
  await withServer(site, async (server) => {
    const client = new Client(server.port);
    assert.equal((await client.login(ANNA, PASSWORD)).expiresIn, 120);
    await move(client, 149_000);
    await client.must(200, 'GET', '/api/v1/auth/me');
    await move(client, 151_000);
    assert.equal((await client.get('/api/v1/auth/me')).json.code, 'ERR_TOKEN_EXPIRED');
    await move(client, 3_599_000);
    const again = await client.post('/api/v1/auth/refresh', { refreshToken: client.refreshToken }, { token: null });
    assert.equal(again.status, 200);
    await move(client, 3_600_000);
    const late = await client.post('/api/v1/auth/refresh', { refreshToken: again.json.refreshToken }, { token: null });
    assert.equal(late.json.code, 'ERR_TOKEN_REVOKED');
    client.close();
  }, ['--test-clock', new Date(at).toISOString(), '--access-ttl', '2m', '--refresh-ttl', '1h']);
  refused(site.run(['serve', '--access-ttl', '2h']), 64);
  refused(site.run(['serve', '--refresh-ttl', '31d']), 64);
}));

test('an operator sees where an account is signed in and ends it', () => withSite(async (site) => {
  addUser(site);
  await withServer(site, async (server) => {
    const anna = await signedIn(server);
    assert.match(site.must(['user', 'sessions', ANNA]), /127\.0\.0\.1/);
    assert.equal(JSON.parse(site.must(['user', 'sessions', ANNA.toUpperCase(), '--json'])).length, 1);
    assert.match(site.must(['user', 'logout', ANNA]), /signed out of 1 session\./);
    assert.equal((await anna.get('/api/v1/auth/me')).json.code, 'ERR_TOKEN_REVOKED');
    assert.deepEqual(JSON.parse(site.must(['user', 'sessions', ANNA, '--json'])), []);
    refused(site.run(['user', 'logout', 'nobody@example.com']), 64, /no account/);
    anna.close();
  });
}));
