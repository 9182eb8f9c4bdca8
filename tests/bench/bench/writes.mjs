// SPDX-License-Identifier: MIT
// writes.mjs - durable purchases of two lines: in a fresh file, on a slow disk, one by one.
import path from 'node:path';
import { remove } from '../../lib/server.mjs';
import { freshPeerFile, startPeer } from './peer.mjs';
import { atLeast, atMost, timesPeer } from './rows.mjs';
import { PROGRAMS, startOurs, withServers } from './servers.mjs';
import { WARM_S, byTurns, runBeside, wrk } from './wrk.mjs';

const PEER_PEOPLE = 20;
const KIOSK_DISK = { LD_PRELOAD: path.join(PROGRAMS, 'slow_fsync.so') };
const HANG_UP_MS = 300; // until the server has ended what the run before left open
let runs = 0;

// A run of wrk; what was acknowledged must be in the ledger afterwards.
export async function buy(server, connections, seconds) {
  const c = server.canteen;
  const figures = await wrk(server.purchases, connections, {
    seconds, script: 'purchase.lua',
    args: ['/api/v1/purchases', server.token, c.person, c.people, c.product, c.products, `bench-${process.pid}-${runs += 1}-`],
  });
  c.acknowledged += figures.done;
  return figures;
}

const peerBuys = (peer, connections) => (seconds) => wrk(peer.purchases, connections,
  { seconds, script: 'purchase.lua', args: ['/api/v1/purchases', peer.token, 1, PEER_PEOPLE, 1, 500, ''] });

// The same rows in the same kind of file, and nothing else: bare_rows.c.
async function bareRows(bench, connections, seconds, env) {
  const text = await runBeside(path.join(PROGRAMS, 'bare_rows'), [connections, seconds, bench.work].map(String), { env });
  const figure = (name) => Number(new RegExp(`${name}=(\\d+)`).exec(text)[1]);
  return { perSecond: figure('per_s'), p99: figure('p99_us') / 1000 };
}

// A run in a file that nobody has bought in, but to warm up.
async function buyAnew(bench, connections, seconds, env) {
  const canteen = bench.files.fresh();
  const figures = await withServers([startOurs(canteen, connections, { env })], async (server) => {
    await buy(server, connections, WARM_S);
    await new Promise((done) => { setTimeout(done, HANG_UP_MS); });
    return buy(server, connections, seconds);
  });
  bench.files.verify(canteen);
  remove(canteen.dir);
  return figures;
}

// Buys by turns with the peer (when there is to be one) and the bare rows, which have a new file each time; gives the medians of
// each. The peer goes on in its own file: it would have to warm up for seconds after each start, and costs the same in a longer one.
async function measure(bench, connections, { env, beside = [] } = {}) {
  const peer = beside.includes('peer') && bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  return withServers([peer], (p) => byTurns({
    ours: (seconds) => buyAnew(bench, connections, seconds, env),
    peer: p && peerBuys(p, connections),
    bare: beside.includes('bare') ? (seconds) => bareRows(bench, connections, seconds, env) : null,
  }, { warm: { ours: 0, bare: 0 } }));
}

export function purchaseRows(bench, what, r, { rate = [], p99 = [] }) {
  bench.figure(r, what, '/s', 'perSecond', rate);
  bench.figure(r, `${what}, p99`, 'ms', 'p99', p99);
  bench.errors(what, r.ours.errors);
}

export async function freshFile(bench) {
  const all = { beside: ['peer', 'bare'] };
  purchaseRows(bench, 'purchase, 64 connections, fresh file', await measure(bench, 64, all),
    { rate: [atLeast(12000), timesPeer(4)], p99: [atMost(15)] });
  purchaseRows(bench, 'purchase, 256 connections, fresh file', await measure(bench, 256, all), { p99: [atMost(40)] });
}

export async function oneByOne(bench) {
  purchaseRows(bench, 'purchase, one connection', await measure(bench, 1, { beside: ['peer', 'bare'] }), { rate: [atLeast(2200)] });
}

export async function slowDisk(bench) {
  for (const [connections, goal] of [[64, 4000], [256, 8000]])
    purchaseRows(bench, `purchase, ${connections} connections, fsync 5 ms slower`,
      await measure(bench, connections, { env: KIOSK_DISK, beside: ['bare'] }), { rate: [atLeast(goal)] });
}
