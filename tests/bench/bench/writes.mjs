// SPDX-License-Identifier: MIT
// writes.mjs - durable purchases of two lines: in a fresh file, on a slow disk, one by one.
import path from 'node:path';
import { freshPeerFile, startPeer } from './peer.mjs';
import { atLeast, atMost, timesPeer } from './rows.mjs';
import { PROGRAMS, startOurs, withServers } from './servers.mjs';
import { SECONDS, byTurns, runBeside, wrk } from './wrk.mjs';

const PEER_PEOPLE = 20;
const KIOSK_DISK = { LD_PRELOAD: path.join(PROGRAMS, 'slow_fsync.so') };
let runs = 0;

// A run of wrk; what was acknowledged must be in the ledger afterwards.
export async function buy(server, connections) {
  const c = server.canteen;
  const figures = await wrk(server.purchases, connections, {
    script: 'purchase.lua',
    args: ['/api/v1/purchases', server.token, c.person, c.people, c.product, c.products, `bench-${process.pid}-${runs += 1}-`],
  });
  c.acknowledged += figures.done;
  return figures;
}

const peerBuys = (peer, connections) => wrk(peer.purchases, connections,
  { script: 'purchase.lua', args: ['/api/v1/purchases', peer.token, 1, PEER_PEOPLE, 1, 500, ''] });

// The same rows in the same kind of file, and nothing else: bare_rows.c.
async function bareRows(bench, connections, env) {
  const text = await runBeside(path.join(PROGRAMS, 'bare_rows'), [connections, SECONDS, bench.work].map(String), { env });
  const figure = (name) => Number(new RegExp(`${name}=(\\d+)`).exec(text)[1]);
  return { perSecond: figure('per_s'), p99: figure('p99_us') / 1000 };
}

// Buys in `canteen` by turns with the peer (when there is to be one) and the bare rows; gives the medians of each.
async function measure(bench, canteen, connections, { env, beside = [] } = {}) {
  const peer = beside.includes('peer') && bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  const r = await withServers([startOurs(canteen, connections, { env }), peer], (s, p) => byTurns({
    ours: () => buy(s, connections),
    peer: p && (() => peerBuys(p, connections)),
    bare: beside.includes('bare') ? () => bareRows(bench, connections, env) : null,
  }));
  bench.files.verify(canteen);
  return r;
}

export function purchaseRows(bench, what, r, { rate = [], p99 = [] }) {
  bench.figure(r, what, '/s', 'perSecond', rate);
  bench.figure(r, `${what}, p99`, 'ms', 'p99', p99);
  bench.errors(what, r.ours.errors);
}

export async function freshFile(bench) {
  const all = { beside: ['peer', 'bare'] };
  purchaseRows(bench, 'purchase, 64 connections, fresh file', await measure(bench, bench.files.fresh(), 64, all),
    { rate: [atLeast(12000), timesPeer(4)], p99: [atMost(15)] });
  purchaseRows(bench, 'purchase, 256 connections, fresh file', await measure(bench, bench.files.fresh(), 256, all), { p99: [atMost(40)] });
}

export async function oneByOne(bench) {
  purchaseRows(bench, 'purchase, one connection', await measure(bench, bench.files.fresh(), 1, { beside: ['peer', 'bare'] }), { rate: [atLeast(2200)] });
}

export async function slowDisk(bench) {
  for (const [connections, goal] of [[64, 4000], [256, 8000]])
    purchaseRows(bench, `purchase, ${connections} connections, fsync 5 ms slower`,
      await measure(bench, bench.files.fresh(), connections, { env: KIOSK_DISK, beside: ['bare'] }), { rate: [atLeast(goal)] });
}
