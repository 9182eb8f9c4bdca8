// SPDX-License-Identifier: MIT
// life.mjs - what a server at rest takes, and signing in.
import { performance } from 'node:perf_hooks';
import net from 'node:net';
import { cpus } from 'node:os';
import { Client, mustRun, start } from '../../lib/server.mjs';
import { freshPeerFile, startPeer } from './peer.mjs';
import { atMost, timesOther } from './rows.mjs';
import { cpuUs, loadCpuUs, rss, startOurs, withServers } from './servers.mjs';
import { SECONDS, byTurns, wrk } from './wrk.mjs';

const SETTLE_MS = 1000;
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

/* ---- at rest ---- */

// Asks once, by a socket of its own; true when the answer is 200.
export function answers(port, target) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`));
    socket.once('data', (text) => { done(/^HTTP\/1\.1 200 /.test(text)); socket.destroy(); });
    socket.once('error', () => done(false));
  });
}

export async function idle(bench) {
  const ours = start(['serve', ...bench.files.fresh().data, '--listen', '127.0.0.1:0']);
  const peer = bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  await withServers([ours, peer], async (s, p) => {
    await answers(s.port, '/health/ready');
    await wait(SETTLE_MS);
    bench.row({ what: 'memory idle, default settings', unit: 'MB', ours: rss(s.pid), peer: p && rss(p.pid), goals: [atMost(15)] });
  });
}

/* ---- signing in ---- */

const BROWSER = { 'X-FF-Request': '1', 'Sec-Fetch-Site': 'same-origin' };
const BADGE = 'BENCH-BADGE-1';

// A paired kiosk, and a person before it; buy() gives the milliseconds a purchase took.
async function kiosk(server, canteen) {
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mustRun(['kiosk', 'add', 'Counter', ...canteen.data]))[0];
  const client = new Client(server.port);
  const paired = await client.request('POST', '/api/v1/kiosk/pair', { body: { code }, headers: BROWSER });
  const headers = { ...BROWSER, Cookie: /ff_device=[^;]+/.exec(String(paired.headers['set-cookie']))[0] };
  let n = 0;
  return {
    close: () => client.close(),
    async buy() {
      const visit = await client.must(200, 'POST', '/api/v1/kiosk/identify', { body: { badge: BADGE }, headers });
      const began = performance.now();
      await client.must(201, 'POST', '/api/v1/purchases', {
        token: visit.token, body: { items: [{ productId: 1, quantity: 1 }, { productId: 2, quantity: 2 }] },
        headers: { ...headers, 'Idempotency-Key': `bench-kiosk-${String(n += 1).padStart(8, '0')}` },
      });
      canteen.acknowledged += 1;
      return performance.now() - began;
    },
  };
}

// `cores` are the cores that the server worked on, `left` those that the load left to it.
async function crowdSignsIn(server, canteen, counter, seconds) {
  const times = [];
  const [began, before, load] = [performance.now(), cpuUs(server.pid), loadCpuUs()];
  let over = false;
  const buying = (async () => { for (; !over; await wait(10)) times.push(await counter.buy()); })();
  const figures = await wrk(`${server.url}/api/v1/auth/login`, 4, { seconds, script: 'sign_in.lua', args: [canteen.email, canteen.password] });
  const us = (performance.now() - began) * 1000;
  const cores = (cpuUs(server.pid) - before) / us;
  const left = cpus().length - (loadCpuUs() - load) / us;
  over = true;
  await buying;
  times.sort((a, b) => a - b);
  return { ...figures, cores, left, kioskP99: times[Math.floor(times.length * 0.99)] };
}

export async function signIn(bench) {
  const canteen = bench.files.fresh();
  mustRun(['employee', 'badge', 'P0001', '--badge-stdin', ...canteen.data], { input: `${BADGE}\n` });
  const peer = bench.hasPeer ? startPeer(await freshPeerFile(bench.work)) : null;
  await withServers([startOurs(canteen, 8), peer], async (s, p) => {
    const counter = await kiosk(s, canteen);
    const r = await byTurns({
      ours: (seconds) => crowdSignsIn(s, canteen, counter, seconds),
      peer: p && ((seconds) => wrk(`${p.url}/api/v1/auth/login`, 4, { seconds, script: 'sign_in.lua', args: ['employee@x.org', 'Secret123!'] })),
    }, { rounds: 3, seconds: 2 * SECONDS, warm: { peer: 1 } });
    counter.close();
    bench.row({ what: 'sign-in', unit: '/s', ours: r.ours.perSecond, peer: r.peer?.perSecond });
    bench.row({ what: 'sign-in, of the two cores', unit: 'cores', ours: r.ours.cores, goals: [timesOther(0.9, r.ours.left, `the ${r.ours.left.toFixed(2)} that the load leaves`)] });
    bench.row({ what: 'kiosk purchase while people sign in, p99', unit: 'ms', ours: r.ours.kioskP99, goals: [atMost(50)] });
    bench.errors('sign-in', r.ours.errors);
  });
  bench.files.verify(canteen);
}
