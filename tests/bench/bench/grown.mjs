// SPDX-License-Identifier: MIT
// grown.mjs - a file of a million purchases by 5,000 people: starting, buying, and the list of purchases. One copy and one
// server for all of it: after a start the books are proved, which takes a while in such a file.
import { performance } from 'node:perf_hooks';
import { start } from '../../lib/server.mjs';
import { answers } from './life.mjs';
import { freshPeerFile, grownPeerFile, startPeer } from './peer.mjs';
import { load } from './reads.mjs';
import { atLeast, atMost, timesPeer } from './rows.mjs';
import { startOurs, withServers } from './servers.mjs';
import { byTurns } from './wrk.mjs';
import { buy, purchaseRows } from './writes.mjs';

// From exec to the first good answer; readiness asks the database a question.
async function oursStarts(canteen) {
  const began = performance.now();
  const server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0']);
  while (!await answers(server.port, '/health/ready')) await new Promise(setImmediate);
  const figures = { ms: performance.now() - began };
  await server.stop();
  return figures;
}

async function peerStarts(file) {
  const peer = await startPeer(file);
  await peer.stop();
  return { ms: peer.firstAnswerMs };
}

async function starts(bench, canteen) {
  const file = bench.hasPeer ? await grownPeerFile() : null;
  const r = await byTurns({ ours: () => oursStarts(canteen), peer: file && (() => peerStarts(file)) });
  bench.figure(r, 'start to first good answer, 1 million purchases', 'ms', 'ms', [atMost(30)]);
}

// The peer counts all its purchases for each page. What that takes is in the first row; the second is without it: the
// peer has but its own 40.
async function history(bench, server) {
  const files = bench.hasPeer ? [await grownPeerFile(), await freshPeerFile(bench.work)] : [];
  await withServers(files.map((file) => startPeer(file, { cache: false })), async (p, q) => {
    const ask = (one) => (seconds) => load(one, '/api/v1/purchases?limit=20', 64, { seconds });
    const r = await byTurns({ ours: ask(server), peer: p && ask(p), few: q && ask(q) });
    bench.figure(r, 'purchase list, 20 with lines, of 1 million', '/s', 'perSecond', [timesPeer(3)]);
    bench.figure({ ours: r.ours, peer: r.few }, 'the same beside the peer with 40 purchases in all', '/s', 'perSecond');
    bench.figure(r, 'purchase list, 20 with lines, of 1 million, p99', 'ms', 'p99');
    bench.errors('purchase list', r.ours.errors);
  });
}

export async function grown(bench) {
  const canteen = bench.files.grown();
  await starts(bench, canteen);
  await withServers([startOurs(canteen, 64)], async (server) => {
    // Before the purchases: they are a hundred thousand of one day, which no canteen has, and today's are counted one by one.
    await history(bench, server);
    purchaseRows(bench, 'purchase, 64 connections, 1 million before', await byTurns({ ours: (seconds) => buy(server, 64, seconds) }),
      { rate: [atLeast(8000)], p99: [atMost(40)] });
  });
  bench.files.verify(canteen);
}
