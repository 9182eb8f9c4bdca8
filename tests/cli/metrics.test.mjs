// SPDX-License-Identifier: MIT
// metrics.test.mjs - who may read the counters, by the option; the cache as an operator sees it.
import test from 'node:test';
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, start } from '../lib/server.mjs';
import { refused, withPeople, withSite } from './site.mjs';

async function withServer(site, more, work) {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...more]);
  try { await work(server, `http://127.0.0.1:${server.port}`); } finally { await server.stop(); }
}

const status = async (url, headers = {}) => (await fetch(`${url}/metrics`, { headers })).status;

test('counters are read from the machine itself unless told otherwise', () => withSite(async (site) => {
  await withServer(site, [], async (server, url) => {
    const reply = await fetch(`${url}/metrics`);
    assert.equal(reply.status, 200);
    assert.match(await reply.text(), /^feastfrenzy_ready 1$/m);
  });
  await withServer(site, ['--metrics', 'off'], async (server, url) => assert.equal(await status(url), 404));
  refused(site.run(['serve', '--metrics', 'everybody']), 64, /metrics/);
}));

test('a token is made once, kept private, and asked for', () => withSite(async (site) => {
  const file = path.join(site.data, 'metrics.token');
  let token;
  await withServer(site, ['--metrics', 'token'], async (server, url) => {
    token = readFileSync(file, 'utf8').trim();
    assert.match(token, /^[0-9a-f]{64}$/);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(await status(url), 401);
    assert.equal(await status(url, { Authorization: `Bearer ${'0'.repeat(64)}` }), 401);
    assert.equal(await status(url, { Authorization: `Bearer ${token}` }), 200);
  });
  await withServer(site, ['--metrics', 'token'], async (server, url) =>
    assert.equal(await status(url, { Authorization: `Bearer ${token}` }), 200));
  const start = ['serve', '--listen', '127.0.0.1:0', '--metrics', 'token'];
  chmodSync(file, 0o644);
  refused(site.run(start), 78, /metrics\.token must be a file of mode 0600/);
  chmodSync(file, 0o600);
  writeFileSync(file, 'short\n');
  refused(site.run(start), 78, /64 hexadecimal digits/);
}));

test('the cache is warm, tells how it does, and is emptied', () => withPeople(async (site) => {
  await withServer(site, [], async () => {
    const until = Date.now() + 10000;
    while (JSON.parse(site.must(['cache', 'show', '--json'])).entries < 6 && Date.now() < until);
    assert.equal(JSON.parse(site.must(['cache', 'show', '--json'])).entries, 6, 'the catalogue was made by itself');
    const cache = JSON.parse(site.must(['cache', 'show', '--json']));
    assert.deepEqual(Object.keys(cache), ['hits', 'misses', 'hitPercent', 'waits', 'evictions', 'entries', 'bytes', 'budget', 'operations']);
    assert.match(site.must(['cache', 'show']), /replies were found and \d+ made anew/);
    assert.equal(site.must(['cache', 'flush']), 'The cache is empty.\n');
    assert.deepEqual(JSON.parse(site.must(['cache', 'flush', '--json'])), { ok: true });
  });
  assert.ok(site.must(['audit', 'tail', '--json']).includes('"cache.flush"'), 'it is in the audit log');
}));

test('replies are kept within --cache-size; 0 keeps none', () => withPeople(async (site) => {
  site.must(['user', 'add', 'boss@canteen.example', '--role', 'admin', '--password-stdin'], { input: 'Canteen-Test-1\n' });
  const seen = (more) => withServer(site, more, async (server, url) => {
    const client = new Client(server.port);
    await client.login('boss@canteen.example', 'Canteen-Test-1');
    for (const word of more.length ? ['BYPASS', 'BYPASS'] : ['MISS', 'HIT'])
      assert.equal((await client.get('/api/v1/products?page=1&limit=7')).headers['x-cache'], word);
    client.close();
    const counters = await (await fetch(`${url}/metrics`)).text();
    assert.match(counters, /^feastfrenzy_http_requests_total\{operation="listProducts",class="2xx"\} 2$/m);
    assert.match(counters, new RegExp(`^feastfrenzy_cache_operation_hits_total\\{operation="listProducts"\\} ${more.length ? 0 : 1}$`, 'm'));
  });
  await seen([]);
  await seen(['--cache-size', '0']);
}));
