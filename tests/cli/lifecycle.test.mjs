// SPDX-License-Identifier: MIT
// lifecycle.test.mjs - starting, being the only one, stopping, and what is left behind.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Client, run, start } from '../lib/server.mjs';
import { INIT, refused, withDir, withPeople, withSite } from './site.mjs';

const serve = (site, ...extra) => start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...extra]);
const runFile = (site) => path.join(site.data, 'run.json');

test('the ready line names the real port, run.json is ours alone and gone after the stop', () => withSite(async (site) => {
  const server = await serve(site);
  const json = JSON.parse(readFileSync(runFile(site), 'utf8'));
  assert.equal(json.port, server.port);
  assert.equal(json.pid, server.pid);
  assert.match(json.secret, /^[0-9a-f]{64}$/);
  assert.equal(statSync(runFile(site)).mode & 0o777, 0o600);
  const began = Date.now();
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  assert.ok(Date.now() - began < 1000, `idle stop took ${Date.now() - began} ms`);
  assert.equal(existsSync(runFile(site)), false);
  assert.equal(readdirSync(site.data).some((name) => name.endsWith('-wal') || name.endsWith('-shm')), false);
}));

test('a second server on the same data is refused with 75 and the pid', () => withSite(async (site) => {
  const server = await serve(site);
  try {
    refused(site.run(['serve', '--listen', '127.0.0.1:0']), 75, new RegExp(`pid ${server.pid}\\b`));
  } finally { await server.stop(); }
}));

test('a busy port is 69, with the port and the process', () => withSite(async (site) => {
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address();
  try {
    refused(site.run(['serve', '--listen', `127.0.0.1:${port}`]), 69, new RegExp(`port ${port} is in use by process ${process.pid}`));
  } finally { other.close(); }
  assert.equal(existsSync(runFile(site)), false);
}));

test('after kill -9 the next start says so, and all is there', () => withPeople(async (site) => {
  const first = await serve(site);
  site.must(['topup', 'EMP001', '1000']);
  await first.kill();
  assert.equal(existsSync(runFile(site)), true);
  assert.match(site.must(['topup', 'EMP001', '1000']), /balance 27000 HUF/);
  const second = await serve(site);
  assert.match(second.log(), /ended without shutdown/);
  await second.stop();
  site.must(['verify']);
}));

test('the secret of the command line does not work from a page, and a wrong one not at all', () => withSite(async (site) => {
  const server = await serve(site);
  try {
    const client = new Client(server.port);
    const users = (headers) => client.get('/api/v1/users', { headers });
    const { secret } = JSON.parse(readFileSync(runFile(site), 'utf8'));
    assert.equal((await users({})).status, 401);
    assert.equal((await users({ 'X-FF-Secret': 'f'.repeat(64) })).status, 401);
    assert.equal((await users({ 'X-FF-Secret': secret.slice(1) })).status, 401);
    assert.equal((await users({ 'X-FF-Secret': secret })).status, 200);
    client.close();
  } finally { await server.stop(); }
}));

test('a request under way is finished before the end; a second signal ends at once', () => withPeople(async (site) => {
  const halfRequest = (port) => new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write('POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{"email":');
      socket.once('drain', () => done(socket));
      setImmediate(() => done(socket));
    });
    socket.on('error', () => {});
  });
  const connected = async (server) => { // the half request has a worker once a later one is answered
    const client = new Client(server.port);
    for (let i = 0; i < 5; i += 1) await client.must(200, 'GET', '/health/live');
    client.close();
  };
  const server = await serve(site);
  const socket = await halfRequest(server.port);
  await connected(server);
  server.child.kill('SIGTERM');
  for (let i = 0; existsSync(runFile(site)) && i < 100000; i += 1) await new Promise(setImmediate); // the stop has begun
  server.child.kill('SIGTERM');
  assert.deepEqual(await server.ended, { code: 143, signal: null });
  socket.destroy();
  const other = await serve(site);
  other.child.kill('SIGINT');
  assert.deepEqual(await other.ended, { code: 0, signal: null });
  site.must(['verify']);
}));

test('SIGHUP reads the settings again: the log follows, a bad file changes nothing, SIGUSR2 turns debug on', () => withSite(async (site) => {
  const config = site.file('ff.ini', '[log]\nlevel = info\n');
  const server = await start(['serve', '--config', config, '--data', site.data, '--listen', '127.0.0.1:0', '--log-format', 'json']);
  const said = async (pattern) => {
    for (let i = 0; i < 2000 && !pattern.test(server.log()); i += 1) await new Promise((done) => { setTimeout(done, 5); });
    assert.match(server.log(), pattern);
  };
  const client = new Client(server.port);
  const requests = async () => {
    const before = server.log().split('"event":"request"').length;
    for (let i = 0; i < 3; i += 1) await client.must(200, 'GET', '/api/v1/public');
    await new Promise((done) => { setTimeout(done, 100); });
    return server.log().split('"event":"request"').length - before;
  };
  try {
    assert.equal(await requests(), 0, 'a good request is no news');
    writeFileSync(config, '[log]\nlevel = debug\n[http]\nthreads = 64\n');
    server.child.kill('SIGHUP');
    await said(/"event":"settings read again"/);
    await said(/http\.threads has changed and needs a new start/);
    assert.equal(await requests(), 3);
    writeFileSync(config, '[log]\nlevel = loud\n');
    server.child.kill('SIGHUP');
    await said(/"level":"error","event":"settings stay as they were: .*loud/);
    assert.equal(await requests(), 3, 'still debug');
    writeFileSync(config, '[log]\nlevel = info\n');
    server.child.kill('SIGHUP');
    await said(/settings read again[\s\S]*settings stay[\s\S]*settings read again/);
    assert.equal(await requests(), 0);
    server.child.kill('SIGUSR2');
    await said(/debug lines are on/);
    assert.equal(await requests(), 3);
    server.child.kill('SIGUSR2');
    await said(/debug lines are off/);
    assert.equal(await requests(), 0);
    await client.must(200, 'GET', '/health/ready');
  } finally {
    client.close();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
  }
}));

test('modes and owners are looked at before anything is opened', () => withSite((site) => {
  chmodSync(site.data, 0o755);
  refused(site.run(['serve', '--listen', '127.0.0.1:0']), 77, /chmod 700/);
  chmodSync(site.data, 0o700);
}));

test('root acts as the owner of the data, and leaves no file of its own', { skip: process.getuid() !== 0 }, () => withDir((site) => {
  chmodSync(site.dir, 0o755);
  mkdirSync(site.data, { mode: 0o700 });
  chownSync(site.data, 65534, 65534);
  site.must(INIT);
  for (const name of readdirSync(site.data)) assert.equal(statSync(path.join(site.data, name)).uid, 65534, name);
  site.must(['verify']);
}));

test('without a loopback address there is one for the command line all the same', () => withSite(async (site) => {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.2:0']);
  try {
    assert.equal(site.must(['healthcheck']), 'ready\n');
    assert.equal(run(['healthcheck', '--url', `http://127.0.0.1:${server.port}`]).code, 0);
  } finally { await server.stop(); }
  refused(run(['healthcheck', '--url', `http://127.0.0.1:${server.port}`, '--timeout', '500ms']), 1);
  refused(run(['healthcheck', '--url', 'http://canteen.example']), 64, /numeric address/);
}));

test('several addresses and names are answered to, others are not', () => withSite(async (site) => {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--listen', '127.0.0.2:0', '--host', 'canteen.example']);
  try {
    const client = new Client(server.port);
    const asked = async (host) => (await client.get('/health/live', { headers: { Host: host } })).status;
    assert.equal(await asked('canteen.example'), 200);
    assert.equal(await asked('localhost'), 200);
    assert.equal(await asked('evil.example'), 421);
    client.close();
  } finally { await server.stop(); }
}));

test('the test clock stands still, goes forward only, and exists only when asked for', () => withSite(async (site) => {
  const server = await serve(site, '--test-clock', '2016-10-29T00:00:00Z');
  const client = new Client(server.port);
  try {
    assert.equal((await client.must(200, 'GET', '/api/v1/public')).testClock, true);
    const now = '2016-10-30T10:00:00.000Z';
    assert.equal((await client.must(200, 'POST', '/api/v1/test/clock', { body: { now } })).now, now);
    assert.equal((await client.post('/api/v1/test/clock', { now: '2016-10-29T00:00:00Z' })).status, 400);
  } finally { client.close(); await server.stop(); }
  const plain = await serve(site);
  const other = new Client(plain.port);
  try {
    assert.equal((await other.post('/api/v1/test/clock', { now: '2036-10-30T10:00:00Z' })).status, 404);
  } finally { other.close(); await plain.stop(); }
}));

const demos = () => readdirSync(tmpdir()).filter((name) => name.startsWith('feastfrenzy-demo-'));

test('the demo is the works canteen, says how to get in, and is gone afterwards', async () => {
  const before = demos();
  const demo = await start(['demo', '--listen', '127.0.0.1:0', '--clock', '2026-03-02']);
  const client = new Client(demo.port);
  try {
    for (let i = 0; i < 1000 && !/Press Ctrl-C/.test(demo.log()); i += 1) await new Promise(setImmediate);
    const log = demo.log();
    assert.match(log, new RegExp(`Open +http://127\\.0\\.0\\.1:${demo.port}/`));
    assert.match(log, /\/kiosk#pair=[A-Z0-9-]+/);
    assert.match(log, /FF-0001[\s\S]*EMP001 1397/);
    const site = await client.must(200, 'GET', '/api/v1/public');
    assert.deepEqual([site.siteName, site.currency, site.decimals, site.timeZone, site.demo, site.identify],
      ['Works canteen', 'HUF', 0, 'Europe/Budapest', true, { badge: true, number: true, name: true }]);
    const code = /#pair=([A-Z0-9-]+)/.exec(log)[1];
    for (let i = 0; i < 2; i += 1) { // the code may be used again
      const paired = await client.request('POST', '/api/v1/kiosk/pair', { body: { code }, headers: { 'X-FF-Request': '1', 'Sec-Fetch-Site': 'same-origin' } });
      assert.equal(paired.status, 201, paired.body);
    }
    for (const role of ['admin', 'manager', 'employee']) {
      const { user } = await client.login(`${role}@feastfrenzy.com`, `${role[0].toUpperCase()}${role.slice(1)}123!`);
      assert.equal(user.role, role);
    }
    await client.login('admin@feastfrenzy.com', 'Admin123!');
    const products = await client.must(200, 'GET', '/api/v1/products?limit=100&sort=id');
    assert.deepEqual([products.data.length, products.data[0].id, products.data[0].name, products.data[64].name], [65, 1, 'Gulyásleves', 'Pizza szelet']);
    assert.ok(products.data.every((p) => p.emoji && p.glaze), 'every dish has its picture');
    const purchases = await client.must(200, 'GET', '/api/v1/purchases?limit=1');
    assert.ok(purchases.pagination.total > 900, `${purchases.pagination.total} purchases`);
    assert.ok(purchases.data[0].businessDate < '2026-03-02');
  } finally { client.close(); await demo.stop(); }
  assert.deepEqual(demos(), before);
});

test('the same seed and day give the same history; another seed another one', () => withDir(async (site) => {
  const headOf = async (name, seed) => {
    const dir = path.join(site.dir, name);
    const demo = await start(['demo', '--listen', '127.0.0.1:0', '--keep', dir, '--clock', '2026-03-02', '--seed', String(seed)]);
    await demo.stop();
    assert.ok(existsSync(path.join(dir, 'feastfrenzy.db')), 'kept');
    const report = JSON.parse(run(['verify', '--json', '--data', dir]).out);
    assert.equal(report.ok, true);
    return report;
  };
  const [one, same, other] = [await headOf('a', 7), await headOf('b', 7), await headOf('c', 8)];
  assert.equal(one.headHash, same.headHash);
  assert.notEqual(one.headHash, other.headHash);
}));

test('the demo listens on loopback unless told otherwise by hand', () => {
  const result = run(['demo'], { env: { FEASTFRENZY_LISTEN: '0.0.0.0:0' } });
  refused(result, 64, /passwords are known/);
});

test('a kiosk that shows its code is paired, renamed and revoked from the command line', () => withSite(async (site) => {
  const server = await start(['serve', '--listen', '127.0.0.1:0', ...site.args]);
  const client = new Client(server.port);
  const headers = { 'X-FF-Request': '1', 'Sec-Fetch-Site': 'same-origin' };
  try {
    const asked = await client.must(200, 'POST', '/api/v1/kiosk/pair-requests', { headers });
    const claim = () => client.request('POST', '/api/v1/kiosk/pair-requests/claim', { body: { secret: asked.secret }, headers });
    assert.equal((await claim()).json.state, 'waiting');
    assert.match(site.must(['kiosk', 'pair', asked.code.toLowerCase(), '--name', 'Kiosk 1']), /Kiosk 1 is paired/);
    const claimed = await claim();
    assert.deepEqual([claimed.json.state, claimed.json.name], ['paired', 'Kiosk 1']);
    const Cookie = claimed.headers['set-cookie'][0].split(';')[0];
    const menu = () => client.get('/api/v1/kiosk/catalogue', { headers: { ...headers, Cookie } });
    assert.equal((await menu()).status, 200);
    assert.match(site.must(['kiosk', 'list']), /Kiosk 1 +yes/);
    refused(site.run(['kiosk', 'pair', asked.code, '--name', 'Kiosk 2']), 73, /confirmed already/);
    site.must(['kiosk', 'rename', 'Kiosk 1', 'Entrance']);
    site.must(['kiosk', 'revoke', 'Entrance']);
    const gone = await menu();
    assert.deepEqual([gone.status, gone.json.code], [401, 'ERR_DEVICE_UNKNOWN']);
    assert.match(site.must(['kiosk', 'list']), /Entrance +no/);
  } finally { client.close(); await server.stop(); }
}));

const strays = async (port, n, headers) => {
  const client = new Client(port);
  const statuses = [];
  for (let i = 0; i < n; i += 1) statuses.push((await client.get('/api/v1/products', { headers: headers(i) })).status);
  client.close();
  return statuses;
};

test('10,000 invented X-Forwarded-For values count as one; from a trusted proxy each client has its own', () => withSite(async (site) => {
  const invented = (i) => ({ 'X-Forwarded-For': `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` });
  const plain = await serve(site);
  try {
    const statuses = await strays(plain.port, 10000, invented);
    assert.equal(statuses.findIndex((s) => s === 429), 100);
    assert.equal(statuses.filter((s) => s === 429).length, 9900);
    assert.match(plain.log(), /request limit reached/);
    assert.equal(site.run(['user', 'list']).code, 0, 'the command line goes on');
  } finally { await plain.stop(); }
  const proxied = await serve(site, '--trusted-proxy', '127.0.0.1', '--trusted-proxy', '192.0.2.0/24');
  try {
    assert.ok((await strays(proxied.port, 200, invented)).every((s) => s === 401));
    const statuses = await strays(proxied.port, 150, (i) => ({ 'X-Forwarded-For': `10.9.9.${i}, 203.0.113.5, 192.0.2.${i}` }));
    assert.equal(statuses.findIndex((s) => s === 429), 100, 'what the client wrote itself does not count');
    const { secret } = JSON.parse(readFileSync(runFile(site), 'utf8'));
    const client = new Client(proxied.port);
    const users = async (more) => (await client.get('/api/v1/users', { headers: { 'X-FF-Secret': secret, ...more } })).status;
    assert.deepEqual([await users({}), await users({ 'X-Forwarded-For': '198.51.100.1' })], [200, 401], 'the secret works from this machine only');
    client.close();
  } finally { await proxied.stop(); }
}));

test('the limits are multiplied or off only when the start says so', () => withSite(async (site) => {
  const off = await serve(site, '--rate-limit', '0');
  assert.match(off.log(), /request limits are off \(--rate-limit 0\)/);
  assert.ok((await strays(off.port, 300, () => ({}))).every((s) => s === 401));
  await off.stop();
  const twice = await serve(site, '--rate-limit', '2');
  assert.match(twice.log(), /request limits are multiplied \(--rate-limit 2\)/);
  assert.equal((await strays(twice.port, 300, () => ({}))).indexOf(429), 200);
  await twice.stop();
  refused(site.run(['serve', '--trusted-proxy', '10.0.0.1/8']), 64, /a network, like 10\.0\.0\.7/);
  refused(site.run(['serve', '--rate-limit', 'much']), 64);
}));
