// SPDX-License-Identifier: MIT
// servers.mjs - what is measured: our program in a file of its own, and the empty handler. The peer is in peer.mjs.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BUILD, Client, mustRun, start } from '../../lib/server.mjs';
import { makeCanteen } from '../../fault/canteen.mjs';

export const OUT = path.resolve(BUILD, 'bench');
export const PROGRAMS = path.resolve(BUILD, 'tests', 'bench');
export const GROWN = path.join(OUT, 'grown'); // 1 million purchases, made by `make bench-file`
const LIMITS = ['--rate-limit', '100000']; // counted as ever, but one account may send what a thousand do
const [LOOK_MS, PROOF_MS] = [20, 300000];
const [DEFAULT_FITS, SPARE] = [100, 152]; // connections from this machine that the default settings take; workers kept for others

// Worker threads for so many connections from this machine, as arguments: one for each, and those kept for others.
export function threads(connections) {
  return connections <= DEFAULT_FITS ? [] : ['--threads', String(connections + SPARE)];
}

export const rss = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

const TICK_US = 1e6 / Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout);

const ticks = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 15).map(Number);

// CPU time that a process has used, in microseconds, in the program and in the kernel for it.
export function cpuUs(pid) {
  const [user, system] = ticks(pid);
  return (user + system) * TICK_US;
}

// What the load has used so far: this process and those that it has run to their end.
export const loadCpuUs = () => ticks('self').reduce((a, b) => a + b) * TICK_US;

/* ---- files ---- */

const IDS = { person: 1, product: 1, products: 500 }; // the first ones, in every file

// Canteens under `work`: a fresh one of 300 people and 500 products, and copies of it and of the grown one.
export class Files {
  constructor(work) {
    this.work = work;
    this.n = 0;
    this.acknowledged = 0;
  }

  #copy(from, about) {
    const dir = path.join(this.work, `canteen-${this.n += 1}`);
    cpSync(from, path.join(dir, 'data'), { recursive: true });
    return { ...about, data: ['--data', path.join(dir, 'data')], dir, acknowledged: 0 };
  }

  fresh() {
    if (!this.template)
      this.template = { ...makeCanteen(this.work, { people: 300, products: 500 }), ...IDS, people: 300, before: 0 };
    return this.#copy(path.join(this.work, 'data'), this.template);
  }

  // One copy for the whole run.
  grown() {
    if (!this.copy) {
      const { email, password } = this.template ?? this.fresh(); // the same in both
      this.copy = this.#copy(GROWN, { email, password, ...IDS, people: 5000, before: 1000000 });
    }
    return this.copy;
  }

  // After the load: the books prove, and every purchase that was acknowledged is in them.
  verify(canteen) {
    const report = JSON.parse(mustRun(['verify', ...canteen.data, '--json']));
    assert.ok(report.purchases >= canteen.before + canteen.acknowledged,
      `${report.purchases} purchases in the ledger, ${canteen.before} before, ${canteen.acknowledged} acknowledged`);
    this.acknowledged += canteen.acknowledged;
    canteen.before = report.purchases;
    canteen.acknowledged = 0;
  }
}

/* ---- servers ---- */

// After each start the books are proved beside the work, in a large file for a while: that is waited for.
async function proved(server) {
  for (let waited = 0; !server.log().includes('books checked'); waited += LOOK_MS) {
    assert.ok(waited < PROOF_MS && !server.log().includes('books are not sound'), `the books were not proved in time\n${server.log().slice(-2000)}`);
    await new Promise((done) => { setTimeout(done, LOOK_MS); });
  }
}

// Our program in `canteen`, for so many connections; `token` is an administrator's.
export async function startOurs(canteen, connections, { args = [], env } = {}) {
  const server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', ...LIMITS, ...threads(connections), ...args], { env });
  try {
    await proved(server);
    const client = new Client(server.port);
    await client.login(canteen.email, canteen.password);
    client.close();
    return Object.assign(server, { canteen, token: client.token, purchases: `${server.url}/api/v1/purchases` });
  } catch (error) {
    await server.kill();
    throw error;
  }
}

// The empty handler of bare_http.c, with our settings.
export function startBare(connections) {
  return start(threads(connections).slice(1), { program: path.join(PROGRAMS, 'bare_http') });
}

// Uses servers and ends them, whatever happens. `starting` are promises; null stands for one that is not there.
export async function withServers(starting, work) {
  const begun = await Promise.allSettled(starting);
  try {
    const failed = begun.find((b) => b.status === 'rejected');
    if (failed) throw failed.reason;
    const result = await work(...begun.map((b) => b.value));
    for (const { value } of begun) await value?.stop();
    return result;
  } finally {
    for (const { value } of begun) await value?.kill();
  }
}
