// SPDX-License-Identifier: MIT
// memory.mjs [SECONDS] - rounds of a lunch: 64 connections that read from the cache, then a thousand that buy at the same moment,
// then all hang up. What the program holds between two rounds does not grow once the caches of the database are full, which
// takes some twenty; nothing is lost.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Client, key, mustRun, parallel, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const SECONDS = Number(process.argv[2] || 120);
const [READERS, READS, BUYERS, PEOPLE] = [64, 2000, 1000, 300];
const [PAUSE_MS, ROUNDS_LEAST, LOGIN_EVERY] = [1000, 40, 50]; // a token lasts minutes
const [MAY_GROW_MB, MOST_MB] = [1.5, 90]; // 100 bytes a purchase that nobody frees would be seen in two minutes
const wait = (ms) => new Promise((done) => { setTimeout(done, ms); });

// Memory of its own, in MB: without the program's code and the files it has mapped.
const held = (pid) => Number(/RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

async function readAll(port, token) {
  const client = new Client(port, { connections: READERS, token });
  await parallel(Array.from({ length: READS }), READERS, () => client.must(200, 'GET', '/api/v1/products?page=1&limit=10'));
  client.close();
}

async function buyAll(port, token) {
  const client = new Client(port, { connections: BUYERS, token });
  await parallel(Array.from({ length: BUYERS }, (_, i) => i), BUYERS, (i) => client.must(201, 'POST', '/api/v1/purchases', {
    body: { employeeId: 1 + (i % PEOPLE), items: [{ productId: 1 + (i % 10), quantity: 1 }] }, headers: { 'Idempotency-Key': key('memory') },
  }));
  client.close();
}

const dir = tempDir('ff-memory-');
let server = null;
try {
  const canteen = makeCanteen(dir, { people: PEOPLE });
  server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--threads', '1152', '--rate-limit', '10000']);
  const admin = new Client(server.port);
  const between = [];
  let most = 0;
  for (const until = Date.now() + SECONDS * 1000; Date.now() < until || between.length < ROUNDS_LEAST;) {
    if (between.length % LOGIN_EVERY === 0) await admin.login(canteen.email, canteen.password);
    await readAll(server.port, admin.token);
    const look = setInterval(() => { most = Math.max(most, held(server.pid)); }, 50);
    await buyAll(server.port, admin.token);
    clearInterval(look);
    await wait(PAUSE_MS);
    between.push(held(server.pid));
  }
  admin.close();
  const quarter = Math.floor(between.length / 4);
  const [before, late] = [mean(between.slice(-2 * quarter, -quarter)), mean(between.slice(-quarter))];
  const words = `${between.length} rounds: ${late.toFixed(1)} MB held between the last ones, ${before.toFixed(1)} before, ${most.toFixed(1)} at most`;
  assert.ok(late - before < MAY_GROW_MB && most < MOST_MB, words);
  await server.stop();
  const report = JSON.parse(mustRun(['verify', ...canteen.data, '--json']));
  assert.ok(report.purchases >= between.length * BUYERS, `${report.purchases} purchases in the ledger`);
  console.log(`${words}; ${report.purchases} purchases, verify clean`);
} catch (error) {
  if (server) console.error(server.log().slice(-2000));
  throw error;
} finally {
  await server?.kill();
  remove(dir);
}
