// SPDX-License-Identifier: MIT
// peer.mjs - the peer program (../peer), installed once under BUILD. Its own code stays as it is; more products and
// purchases are written into its file before it starts.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Client } from '../../lib/server.mjs';
import { OUT } from './servers.mjs';
import { HERE } from './wrk.mjs';

const DIR = path.join(OUT, 'peer');
const FILES = { fresh: path.join(OUT, 'peer-fresh.db'), grown: path.join(OUT, 'peer-grown.db') };
const START_MS = 30000;

// False when it cannot be installed here; then our figures stand alone.
export function installPeer() {
  mkdirSync(DIR, { recursive: true });
  for (const f of ['server.js', 'package.json', 'package-lock.json']) cpSync(path.join(HERE, 'peer', f), path.join(DIR, f));
  if (!existsSync(path.join(DIR, 'node_modules'))) spawnSync('npm', ['ci'], { cwd: DIR, stdio: 'ignore' });
  return spawnSync('node', ['-e', "require('better-sqlite3')(':memory:');require('bcrypt')"], { cwd: DIR }).status === 0;
}

let nextPort = 20000 + (process.pid % 9000);

// Starts it; `firstAnswerMs` is the time until it answered. It says nowhere that it listens: it is asked until it does.
export async function startPeer(file, { cache = true } = {}) {
  const port = nextPort += 1;
  const env = { ...process.env, PORT: String(port), DB: file, CACHE: cache ? '1' : '0' };
  const began = process.hrtime.bigint();
  const child = spawn('node', ['server.js'], { cwd: DIR, env, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  const since = () => Number(process.hrtime.bigint() - began) / 1e6;
  const client = new Client(port);
  while ((await client.get('/health').catch(() => null))?.status !== 200) {
    assert.ok(since() < START_MS && child.exitCode === null, 'the peer did not start');
    await new Promise((r) => setTimeout(r, 1));
  }
  const firstAnswerMs = since();
  const signedIn = await client.must(200, 'POST', '/api/v1/auth/login', { body: { email: 'employee@x.org', password: 'Secret123!' } });
  client.close();
  const url = `http://127.0.0.1:${port}`;
  const end = (signal) => { child.kill(signal); return ended; };
  return {
    port, pid: child.pid, url, purchases: `${url}/api/v1/purchases`, firstAnswerMs, token: signedIn.tokens.accessToken,
    stop: () => end('SIGTERM'), kill: () => end('SIGKILL'),
  };
}

const FURNISH = `
const db = require('better-sqlite3')(process.argv[1]);
const [products, purchases] = process.argv.slice(2).map(Number);
db.pragma('synchronous = OFF');
db.exec(\`
  WITH RECURSIVE n(i) AS (SELECT (SELECT max(id) FROM products) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < \${products})
    INSERT INTO products(name, price) SELECT 'Product number ' || i, 90 + i * 25 FROM n;
  WITH RECURSIVE n(i) AS (SELECT (SELECT max(id) FROM purchases) + 1 UNION ALL SELECT i + 1 FROM n WHERE i < \${purchases})
    INSERT INTO purchases(id, employeeId, date, total)
    SELECT i, 1 + i % 20, strftime('%Y-%m-%dT%H:%M:%S.000Z', 1600000000 + i * 150, 'unixepoch'), 300 FROM n WHERE i <= \${purchases};
  INSERT INTO items(purchaseId, productId, quantity, price)
    SELECT p.id, 1 + (p.id * k.i) % 500, 1, 150 FROM purchases p, (SELECT 1 i UNION SELECT 7) k WHERE p.id > 40;\`);
db.close();`;

// A file with 500 products as ours has, and as many purchases as asked for; made once, kept under BUILD.
async function furnish(kind, purchases) {
  if (existsSync(FILES[kind])) return FILES[kind];
  const making = `${FILES[kind]}.new`;
  for (const end of ['', '-wal', '-shm']) rmSync(making + end, { force: true });
  const peer = await startPeer(making); // it makes its own tables and first rows
  await peer.stop();
  const r = spawnSync('node', ['-e', FURNISH, making, '500', String(purchases)], { cwd: DIR, encoding: 'utf8' });
  assert.equal(r.status, 0, r.stderr);
  renameSync(making, FILES[kind]);
  return FILES[kind];
}

export const grownPeerFile = () => furnish('grown', 1000000);

// A copy of its own for each use: purchases are written into it.
export async function freshPeerFile(work) {
  const file = path.join(work, `peer-${nextPort += 1}.db`);
  cpSync(await furnish('fresh', 40), file);
  return file;
}
