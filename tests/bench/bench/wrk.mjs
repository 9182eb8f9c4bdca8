// SPDX-License-Identifier: MIT
// wrk.mjs - runs of the load generator: wrk with one thread, on the same cores as what it measures.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';

export const SECONDS = Number(process.env.BENCH_SECONDS || 2);
export const ROUNDS = Number(process.env.BENCH_ROUNDS || 5);
// Before it is measured, everybody works for so long. Node compiles what it does often: from 500 us a purchase to 170 in the
// first three seconds.
export const WARM_S = 1;
const WARM_PEER_S = 4;
export const HERE = new URL('..', import.meta.url).pathname;
const MS = { us: 1e-3, ms: 1, s: 1e3, m: 6e4 };

// Runs a program to its end; what it printed. `look` is called every 100 ms meanwhile.
export function runBeside(command, args, { look, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    const timer = look && setInterval(look, 100);
    let out = '';
    let err = '';
    child.stdout.on('data', (text) => { out += text; });
    child.stderr.on('data', (text) => { err += text; });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(out);
      else reject(new Error(`${path.basename(command)} ended with ${code}\n${out}${err}`));
    });
  });
}

// What wrk printed: requests a second, how many were answered well, latencies in ms, errors of all kinds.
export function readReport(text) {
  const latency = (percent) => {
    const found = new RegExp(`${percent}%\\s+([\\d.]+)(us|ms|s|m)`).exec(text);
    assert.ok(found, `wrk said nothing of latency:\n${text}`);
    return Number(found[1]) * MS[found[2]];
  };
  const lost = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text);
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]),
    done: Number(/(\d+) requests in/.exec(text)[1]) - bad,
    p50: latency(50), p99: latency(99),
    errors: bad + (lost ? lost.slice(1).reduce((a, b) => a + Number(b), 0) : 0),
  };
}

// One run. `headers` is {name: value}; a script gets `args`.
export async function wrk(url, connections, { script, args = [], headers = {}, look, seconds = SECONDS } = {}) {
  const argv = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '--timeout', '10s'];
  for (const [name, value] of Object.entries(headers)) argv.push('-H', `${name}: ${value}`);
  if (script) argv.push('-s', path.join(HERE, script));
  argv.push(url);
  if (script) argv.push('--', ...args.map(String));
  return readReport(await runBeside('wrk', argv, { look }));
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Medians of the figures of several runs, but for `errors` and `done`, which are sums, and `peak`, the largest; `runs` are
// all of them.
export function summary(runs) {
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const one = { errors: sum, done: sum, peak: (values) => Math.max(...values) };
  return { ...Object.fromEntries(Object.keys(runs[0]).map((figure) => [figure, (one[figure] ?? median)(runs.map((r) => r[figure]))])), runs };
}

// Runs who takes part by turns, `rounds` times, after each has warmed up. `all` is {name: async (seconds) => figures}, null
// takes no part; gives {name: summary}. `warm` is {name: seconds}, 0 for what begins anew with each run.
export async function byTurns(all, { rounds = ROUNDS, seconds = SECONDS, warm = {} } = {}) {
  const who = Object.entries(all).filter(([, work]) => work);
  const seen = Object.fromEntries(who.map(([name]) => [name, []]));
  const before = { peer: WARM_PEER_S, few: WARM_PEER_S, ...warm };
  for (const [name, work] of who) if (before[name] !== 0) await work(before[name] ?? WARM_S);
  for (let round = 0; round < rounds; round += 1)
    for (const [name, work] of who) seen[name].push(await work(seconds));
  return Object.fromEntries(who.map(([name]) => [name, summary(seen[name])]));
}

// How many times as much as `other` it was, the median of the rounds: two runs that followed each other had the same machine.
export function timesAs(ours, other, figure) {
  if (!ours?.runs || !other?.runs) return null;
  const pairs = ours.runs.map((run, i) => run[figure] / other.runs[i]?.[figure]).filter(Number.isFinite);
  return pairs.length ? median(pairs) : null;
}
