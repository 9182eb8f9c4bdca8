// SPDX-License-Identifier: MIT
// reads.mjs - replies from the cache, replies made anew, and how a client's own copy is confirmed.
import assert from 'node:assert/strict';
import { Client } from '../../lib/server.mjs';
import { freshPeerFile, startPeer } from './peer.mjs';
import { atMost, partOfBare, timesOther, timesPeer } from './rows.mjs';
import { cpuUs, rss, startBare, startOurs, withServers } from './servers.mjs';
import { ROUNDS, SECONDS, byTurns, timesAs, wrk } from './wrk.mjs';

const PAGE = '/api/v1/products?page=1&limit=10';
const CROWD_ROUNDS = Math.min(3, ROUNDS);
const CROWD_RUNS = 2; // a thousand first requests wait for their connection: so long that they are less than the 1 % of a p99
const bearer = (server) => (server.token ? { Authorization: `Bearer ${server.token}` } : {});

// One run of wrk against `server`, with the CPU time a request and the most memory seen.
export async function load(server, target, connections, { headers = {}, ...options } = {}) {
  let peak = 0;
  const before = cpuUs(server.pid);
  const figures = await wrk(server.url + target, connections,
    { headers: { ...bearer(server), ...headers }, look: () => { peak = Math.max(peak, rss(server.pid)); }, ...options });
  return { ...figures, cpu: (cpuUs(server.pid) - before) / figures.done, peak };
}

async function etagOf(server) {
  const client = new Client(server.port, { token: server.token });
  const reply = await client.get(PAGE);
  client.close();
  assert.ok(reply.headers.etag, 'a cacheable reply has an ETag');
  return reply.headers.etag;
}

export async function cached(bench) {
  const ours = startOurs(bench.files.fresh(), 64);
  const peer = bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  await withServers([ours, peer, startBare(64)], async (s, p, b) => {
    const copy = { 'If-None-Match': await etagOf(s) };
    const r = await byTurns({
      ours: (seconds) => load(s, PAGE, 64, { seconds }),
      peer: p && ((seconds) => load(p, PAGE, 64, { seconds })),
      bare: (seconds) => load(b, PAGE, 64, { seconds }),
      unchanged: (seconds) => load(s, PAGE, 64, { seconds, headers: copy }),
    });
    bench.figure(r, 'product list, cached, 64 connections', '/s', 'perSecond', [partOfBare(0.65), timesPeer(2.5)]);
    bench.figure(r, 'product list, cached, 64 connections, p99', 'ms', 'p99', [atMost(2)]);
    bench.figure(r, 'product list, cached, CPU a request', 'us', 'cpu', [atMost(15)]);
    bench.figure({ ours: r.unchanged }, 'product list, unchanged (If-None-Match), 64 connections', '/s', 'perSecond',
      [timesOther(1, r.unchanged.perSecond / timesAs(r.unchanged, r.ours, 'perSecond'), 'the cache hit')]);
    bench.errors('product list, cached, 64 connections', r.ours.errors + r.unchanged.errors);
    bench.bareRate = r.bare.perSecond;
  });
}

export async function crowd(bench) {
  const ours = startOurs(bench.files.fresh(), 1000);
  const peer = bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  await withServers([ours, peer, startBare(1000)], async (s, p, b) => {
    const r = await byTurns({
      ours: (seconds) => load(s, PAGE, 1000, { seconds }),
      peer: p && ((seconds) => load(p, PAGE, 1000, { seconds })),
      bare: (seconds) => load(b, PAGE, 1000, { seconds }),
    }, { rounds: CROWD_ROUNDS, seconds: CROWD_RUNS * SECONDS });
    bench.figure(r, 'product list, cached, 1,000 connections', '/s', 'perSecond', [partOfBare(0.65)]);
    bench.figure(r, 'product list, cached, 1,000 connections, p99', 'ms', 'p99', [atMost(30)]);
    bench.figure(r, 'product list, cached, 1,000 connections', 'errors', 'errors', [atMost(0)]);
    bench.figure(r, 'memory under 1,000 connections', 'MB', 'peak', [atMost(64)]);
  });
}

export async function uncached(bench) {
  const ours = startOurs(bench.files.fresh(), 64, { args: ['--cache-size', '0'] });
  const peer = bench.hasPeer ? startPeer(await freshPeerFile(bench.work), { cache: false }) : null;
  await withServers([ours, peer], async (s, p) => {
    const pages = (server) => (seconds) => load(server, '/', 64, { seconds, script: 'pages.lua', args: [server.token] });
    const r = await byTurns({ ours: pages(s), peer: p && pages(p) });
    bench.figure(r, 'product list, uncached, another page and order each time', '/s', 'perSecond', [timesPeer(2.5)]);
    bench.figure(r, 'product list, uncached, p99', 'ms', 'p99');
    bench.errors('product list, uncached', r.ours.errors);
  });
}
