// SPDX-License-Identifier: MIT
// bench.mjs - the first figures, beside the peer program (tests/bench/peer) in the same minute: alternating runs, medians
// of three, the load generator (wrk, one thread) on the same cores. Prints a table and writes BUILD/bench/bench.csv.
// After the load `verify` must be clean and every purchase that was acknowledged must be there.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUILD, Client, PROGRAM, mustRun, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from '../fault/canteen.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS || 4);
const ROUNDS = 3;
const HERE = new URL('.', import.meta.url).pathname;
const PEOPLE = 300;

function wrk(url, connections, { script, args = [], token } = {}) {
  const argv = ['-t1', `-c${connections}`, `-d${SECONDS}s`, '--latency', '--timeout', '10s'];
  if (token) argv.push('-H', `Authorization: Bearer ${token}`);
  if (script) argv.push('-s', path.join(HERE, script));
  argv.push(url);
  if (script) argv.push('--', ...args);
  const r = spawnSync('wrk', argv, { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr || 'wrk is not installed');
  const latency = /99%\s+([\d.]+)(us|ms|s|m)/.exec(r.stdout);
  assert.ok(latency, `wrk said nothing of latency:\n${r.stdout}`);
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(r.stdout)?.[1] ?? 0);
  const lost = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(r.stdout);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(r.stdout)[1]),
    done: Number(/(\d+) requests in/.exec(r.stdout)[1]),
    p99: Number(latency[1]) * { us: 1e-3, ms: 1, s: 1e3, m: 6e4 }[latency[2]],
    errors: bad + (lost ? lost.slice(1).reduce((a, b) => a + Number(b), 0) : 0),
  };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const rss = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// The peer, installed once under BUILD. null when it cannot be installed here; then our figures stand alone.
function installPeer() {
  const dir = path.resolve(BUILD, 'bench', 'peer');
  mkdirSync(dir, { recursive: true });
  for (const f of ['server.js', 'package.json', 'package-lock.json']) cpSync(path.join(HERE, 'peer', f), path.join(dir, f));
  if (!existsSync(path.join(dir, 'node_modules'))) spawnSync('npm', ['ci'], { cwd: dir, stdio: 'ignore' });
  const ok = spawnSync('node', ['-e', "require('better-sqlite3')(':memory:');require('bcrypt')"], { cwd: dir });
  return ok.status === 0 ? dir : null;
}

async function startPeer(dir, work, port) {
  const began = process.hrtime.bigint();
  const child = spawn('node', ['server.js'], { cwd: dir, env: { ...process.env, PORT: String(port), DB: path.join(work, 'peer.db') }, stdio: 'ignore' });
  const client = new Client(port, { connections: 1 });
  // It says nowhere that it listens: ask until it answers.
  while (!(await client.get('/health').catch(() => null))) {
    assert.ok(process.hrtime.bigint() - began < 30n * 10n ** 9n, 'the peer did not start');
    await new Promise((r) => setTimeout(r, 1));
  }
  const readyMs = Number(process.hrtime.bigint() - began) / 1e6;
  const r = await client.must(200, 'POST', '/api/v1/auth/login', { body: { email: 'employee@x.org', password: 'Secret123!' } });
  client.close();
  return { port, child, pid: child.pid, readyMs, token: r.tokens.accessToken, kill: () => new Promise((d) => { child.once('exit', d); child.kill('SIGTERM'); }) };
}

async function startOurs(canteen, extra = []) {
  const server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '100000', '--threads', '2048', ...extra]);
  const client = new Client(server.port);
  const began = process.hrtime.bigint();
  await client.must(200, 'GET', '/health/live');
  server.firstAnswerMs = server.readyMs + Number(process.hrtime.bigint() - began) / 1e6;
  await client.login(canteen.email, canteen.password);
  server.token = client.token;
  client.close();
  return server;
}

function bundleSizes() {
  const dir = path.resolve(BUILD, 'web');
  if (!existsSync(dir)) return null;
  const all = readdirSync(dir, { recursive: true }).map((f) => path.join(dir, f)).filter((f) => /\.(js|css|html)$/.test(f));
  return all.reduce((sum, f) => sum + gzipSync(readFileSync(f), { level: 9 }).length, 0) / 1024;
}

const rows = [];
function row(name, unit, ours, peer) {
  rows.push({ name, unit, ours, peer });
}

function print() {
  const text = (x) => (x === null || x === undefined ? '-' : x >= 100 ? Math.round(x).toLocaleString('en') : x.toFixed(1));
  console.log(`\n| what | ours | peer | ratio |\n| --- | ---: | ---: | ---: |`);
  for (const r of rows) {
    const ratio = r.ours && r.peer ? `${(r.ours / r.peer).toFixed(2)} x` : '-';
    console.log(`| ${r.name} (${r.unit}) | ${text(r.ours)} | ${text(r.peer)} | ${ratio} |`);
  }
  const out = path.resolve(BUILD, 'bench');
  mkdirSync(out, { recursive: true });
  const machine = `${cpus().length} x ${cpus()[0].model}`;
  writeFileSync(path.join(out, 'bench.csv'), `# ${new Date().toISOString()} ${machine}, load generator on the same cores, --rate-limit 100000\nwhat,unit,ours,peer\n` +
    rows.map((r) => `"${r.name}",${r.unit},${r.ours ?? ''},${r.peer ?? ''}\n`).join(''));
}

const work = tempDir('ff-bench-');
const peerDir = installPeer();
if (!peerDir) console.log('The peer cannot be installed here; our figures stand alone.');
console.log('Ours runs with --rate-limit 100000: it counts, but one account may send what a thousand do.');
let acknowledged = 0;
let server = null;
let peer = null;
try {
  const canteen = makeCanteen(work, { people: PEOPLE, products: 500 });
  server = await startOurs(canteen);
  peer = peerDir ? await startPeer(peerDir, work, 3000 + (process.pid % 20000)) : null;
  const starts = { ours: [server.firstAnswerMs], peer: peer ? [peer.readyMs] : [] };
  row('memory idle', 'MB', rss(server.pid), peer && rss(peer.pid));

  const list = { ours: [], peer: [], p99: [], peerP99: [] };
  for (let i = 0; i < ROUNDS; i += 1) {
    const a = wrk(`${server.url}/api/v1/products?page=1&limit=10`, 64, { token: server.token });
    assert.equal(a.errors, 0, 'every product list was answered');
    list.ours.push(a.perSecond); list.p99.push(a.p99);
    if (!peer) continue;
    const b = wrk(`http://127.0.0.1:${peer.port}/api/v1/products?page=1&limit=10`, 64, { token: peer.token });
    list.peer.push(b.perSecond); list.peerP99.push(b.p99);
  }
  row('product list, 64 connections', '/s', median(list.ours), peer && median(list.peer));
  row('product list, 64 connections, p99', 'ms', median(list.p99), peer && median(list.peerP99));

  // The same with a thousand connections, and made anew each time: another page and order, nothing of it in the cache.
  for (const [name, connections, script] of [['product list, 1,000 connections', 1000], ['product list, another page each time', 64, 'pages.lua']]) {
    const sum = { ours: [], peer: [], p99: [], peerP99: [], lost: 0 };
    for (let i = 0; i < ROUNDS; i += 1) {
      const a = wrk(`${server.url}/api/v1/products?page=1&limit=10`, connections, { token: server.token, script });
      assert.equal(a.errors, 0, `${name}: every request was answered`);
      sum.ours.push(a.perSecond); sum.p99.push(a.p99);
      if (!peer) continue;
      const b = wrk(`http://127.0.0.1:${peer.port}/api/v1/products?page=1&limit=10`, connections, { token: peer.token, script });
      sum.peer.push(b.perSecond); sum.peerP99.push(b.p99); sum.lost += b.errors;
    }
    row(name, '/s', median(sum.ours), peer && median(sum.peer));
    row(`${name}, p99`, 'ms', median(sum.p99), peer && median(sum.peerP99));
  }
  row('memory under 1,000 connections', 'MB', rss(server.pid), peer && rss(peer.pid));

  for (const connections of [1, 16, 64, 256]) {
    const buy = { ours: [], peer: [], p99: [], peerP99: [] };
    for (let i = 0; i < ROUNDS; i += 1) {
      const a = wrk(`${server.url}/api/v1/purchases`, connections,
        { script: 'purchase.lua', args: [server.token, String(PEOPLE), `bench-${connections}-${i}`, 'ours'] });
      assert.equal(a.errors, 0, 'every purchase was acknowledged');
      acknowledged += a.done;
      buy.ours.push(a.perSecond); buy.p99.push(a.p99);
      if (!peer) continue;
      const b = wrk(`http://127.0.0.1:${peer.port}/api/v1/purchases`, connections,
        { script: 'purchase.lua', args: [peer.token, '20', 'x', 'peer'] });
      buy.peer.push(b.perSecond); buy.peerP99.push(b.p99);
    }
    row(`durable purchase, ${connections} connection${connections > 1 ? 's' : ''}`, '/s', median(buy.ours), peer && median(buy.peer));
    row(`durable purchase, ${connections} connection${connections > 1 ? 's' : ''}, p99`, 'ms', median(buy.p99), peer && median(buy.peerP99));
  }
  row('memory after the load', 'MB', rss(server.pid), peer && rss(peer.pid));
  for (let i = 0; i < ROUNDS - 1; i += 1) {
    await server.stop();
    server = await startOurs(canteen);
    starts.ours.push(server.firstAnswerMs);
    if (!peer) continue;
    await peer.kill();
    peer = await startPeer(peerDir, work, peer.port);
    starts.peer.push(peer.readyMs);
  }
  row('start to first answer', 'ms', median(starts.ours), peer && median(starts.peer));
  await server.stop();
  if (peer) await peer.kill();
  row('binary', 'KB', statSync(PROGRAM).size / 1024, null);
  const sizes = bundleSizes();
  if (sizes) row('web bundle, js+css+html, gzip', 'KB', sizes, null);
  const report = JSON.parse(mustRun(['verify', ...canteen.data, '--json']));
  assert.ok(report.purchases >= acknowledged, `${report.purchases} purchases in the ledger, ${acknowledged} acknowledged`);
  print();
  console.log(`\n${acknowledged} purchases acknowledged, all in the ledger; verify clean.`);
} finally {
  // Both may have ended already; ending them again does no harm.
  await server?.kill();
  peer?.child.kill('SIGKILL');
  remove(work);
}
