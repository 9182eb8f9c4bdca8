// SPDX-License-Identifier: MIT
// lunch.mjs [SECONDS [RATE]] - a thousand people have lunch (see lunch.c), each signed in and on a kept-alive connection of
// the own, with the limits as they come. RATE: requests a second of all together; 800, the seed's, means a pause of 1.25 s.
// Prints a table beside the seed's figures, and as the last line CSV under its heading. Afterwards `verify` is clean and
// every purchase that was acknowledged is in the ledger. `make lunch` gives it five minutes, with CI=true one.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD, Client, mustRun, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from '../fault/canteen.mjs';

export const HEADING = 'people,seconds,requests,per_second,average_ms,p50_ms,p95_ms,p99_ms,max_ms,errors,reconnects,bought,' +
  'hit_percent,memory_mb';
const SEED = { per_second: 800, average_ms: 120, p95_ms: 350, p99_ms: 800, error_percent: 0.1, hit_percent: 80 };
const PEOPLE = 1000;
const THREADS = 1152; // a worker for each connection, and 128 that stay free for others
const client = path.resolve(BUILD, 'tests', 'bench', 'lunch');
const signIn = path.resolve(BUILD, 'tests', 'bench', 'sign_in');

const memoryMb = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

// Runs the client beside a look at the server's memory once a second. {row: the client's CSV, mb: the most there was}.
function eat(server, tokens, seconds, rate) {
  return new Promise((resolve, reject) => {
    const child = spawn(client, [String(server.port), String(seconds), String(rate)], { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    let mb = 0;
    const timer = setInterval(() => { mb = Math.max(mb, memoryMb(server.pid)); }, 1000);
    child.stdout.on('data', (chunk) => { out += chunk; });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve({ row: out.trim(), mb });
      else reject(new Error(`the load client ended with ${code}`));
    });
    child.stdin.end(tokens);
  });
}

// Of the reads that may come from the cache, how many did.
async function hits(server, canteen) {
  const admin = new Client(server.port);
  await admin.login(canteen.email, canteen.password);
  const cache = await admin.must(200, 'GET', '/api/v1/admin/cache');
  admin.close();
  return cache;
}

// One lunch in a canteen of its own: the figures of HEADING, and `csv`, the same as one line.
export async function lunch({ seconds, rate, options = [] }) {
  const dir = tempDir('ff-lunch-');
  let server = null;
  try {
    const canteen = makeCanteen(dir, { people: PEOPLE, products: 500 });
    const signed = spawnSync(signIn, [canteen.data[1], String(PEOPLE)], { encoding: 'utf8', maxBuffer: 1 << 24 });
    assert.equal(signed.status, 0, signed.stderr);
    server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--threads', String(THREADS), ...options]);
    const { row, mb } = await eat(server, signed.stdout, seconds, rate);
    const cache = await hits(server, canteen);
    await server.stop();
    const csv = `${row},${(100 * cache.hits / Math.max(1, cache.hits + cache.misses)).toFixed(1)},${mb.toFixed(1)}`;
    const values = csv.split(',').map(Number);
    const figures = Object.fromEntries(HEADING.split(',').map((name, i) => [name, values[i]]));
    const report = JSON.parse(mustRun(['verify', ...canteen.data, '--json']));
    assert.ok(report.purchases >= figures.bought, `${report.purchases} purchases in the ledger, ${figures.bought} acknowledged`);
    return { ...figures, error_percent: (100 * figures.errors) / Math.max(1, figures.requests + figures.errors), csv };
  } catch (error) {
    if (server) console.error(server.log().slice(-2000));
    throw error;
  } finally {
    await server?.kill();
    remove(dir);
  }
}

function print(f) {
  const text = (x) => (x >= 100 ? Math.round(x).toLocaleString('en') : x.toFixed(2));
  console.log('| lunch of 1,000 people | ours | the seed\'s |\n| --- | ---: | ---: |');
  for (const [name, what] of [['per_second', 'requests/s'], ['average_ms', 'average (ms)'], ['p50_ms', 'p50 (ms)'], ['p95_ms', 'p95 (ms)'],
    ['p99_ms', 'p99 (ms)'], ['error_percent', 'errors (%)'], ['hit_percent', 'cache hits (%)'], ['memory_mb', 'memory at most (MB)'], ['bought', 'purchases']])
    console.log(`| ${what} | ${text(f[name])} | ${SEED[name] === undefined ? '-' : text(SEED[name])} |`);
  console.log(`${f.bought} purchases acknowledged, all in the ledger; verify clean.\n${HEADING}\n${f.csv}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , seconds, rate] = process.argv;
  print(await lunch({ seconds: Number(seconds || 60), rate: Number(rate || 800) }));
}
