// SPDX-License-Identifier: MIT
// bench.mjs - every figure of the table beside the peer program (tests/bench/peer) and the bare limits, in the same
// minute: alternating runs, medians of five, the load generator on the same cores. Prints a table, writes
// BUILD/bench/bench.csv and bench.svg. After each load `verify` must be clean and every purchase that was acknowledged
// must be there. BENCH_SECONDS (2) a run, BENCH_ROUNDS (5), BENCH_ROWS: a pattern of the names below.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { remove } from '../lib/server.mjs';
import { writeChart } from './bench/chart.mjs';
import { grown } from './bench/grown.mjs';
import { idle, signIn } from './bench/life.mjs';
import { lunch } from './bench/lunch.mjs';
import { installPeer } from './bench/peer.mjs';
import { cached, crowd, uncached } from './bench/reads.mjs';
import { atMost, judge, line, machine, number, table, tally, writeCsv } from './bench/rows.mjs';
import { Files, OUT } from './bench/servers.mjs';
import { ROUNDS, SECONDS, timesAs } from './bench/wrk.mjs';
import { freshFile, oneByOne, slowDisk } from './bench/writes.mjs';

// In this order: what wants a machine at rest and a file without history comes first.
const PARTS = { idle, cached, crowd, uncached, 'purchase-one': oneByOne, purchase: freshFile, 'purchase-slow': slowDisk, grown, lunch,
  'sign-in': signIn };
const BARE_THERE = 115000; // requests/s of the empty handler on the machine that the goals were found on

// What the parts are given: files, whether there is a peer, and where their rows go.
class Bench {
  constructor(work) {
    this.work = work;
    this.files = new Files(work);
    this.hasPeer = installPeer();
    this.rows = [];
    this.failed = [];
  }

  row(row) {
    this.rows.push(judge(row));
    console.error(line(this.rows.at(-1)));
  }

  // One figure of what byTurns gave.
  figure(r, what, unit, figure, goals) {
    this.row({ what, unit, ours: r.ours[figure], peer: r.peer?.[figure], bare: r.bare?.[figure], goals,
      toPeer: timesAs(r.ours, r.peer, figure), toBare: timesAs(r.ours, r.bare, figure) });
  }

  // Errors have no place in any run: a row of their own when there are some.
  errors(what, n) {
    if (n) this.row({ what, unit: 'errors', ours: n, goals: [atMost(0)] });
  }
}

// A part that fails leaves no figures; the others are measured all the same.
async function runPart(bench, name) {
  const began = Date.now();
  const before = bench.rows.length;
  try {
    await PARTS[name](bench);
  } catch (error) {
    bench.rows.length = before;
    bench.failed.push(name);
    console.error(`# ${name} FAILED: ${error.stack}`);
  }
  console.error(`# ${name}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
}

async function measure(bench) {
  const wanted = new RegExp(process.env.BENCH_ROWS || '.');
  for (const name of Object.keys(PARTS)) if (wanted.test(name)) await runPart(bench, name);
}

// What is printed, and kept as bench.md for the README; bench.csv and bench.svg say the same.
function report(bench, seconds) {
  const conditions = `${new Date().toISOString().slice(0, 10)}, ${machine()}, medians of ${ROUNDS} runs of ${SECONDS} s, wrk (one thread) on the same cores`;
  const words = [`${conditions}. --rate-limit 100000 and --threads raise limits; everything stays in the path.`];
  if (bench.bareRate)
    words.push(`The empty handler makes ${number(Math.round(bench.bareRate))} requests/s here and made ${number(BARE_THERE)} where the goals were found: what ` +
      `they ask for in requests a second or in time is ${number(BARE_THERE / bench.bareRate)} x as hard here.`);
  if (bench.failed.length) words.push(`FAILED, without figures: ${bench.failed.join(', ')}.`);
  if (!bench.hasPeer) words.push('The peer cannot be installed here; our figures stand alone.');
  words.push(`${number(bench.files.acknowledged)} purchases acknowledged, all in the ledger; verify clean. ${seconds} s in all.`);
  const text = `${table(bench.rows)}\n\n${tally(bench.rows)}\n\n${words.join('\n')}\n`;
  console.log(`\n${text}`);
  writeFileSync(path.join(OUT, 'bench.md'), text);
  writeCsv(path.join(OUT, 'bench.csv'), bench.rows, conditions);
  writeChart(path.join(OUT, 'bench.svg'), bench.rows, conditions);
}

mkdirSync(OUT, { recursive: true });
const work = mkdtempSync(path.join(OUT, 'work-'));
process.env.TMPDIR = work; // a temporary directory may be no disk at all
const began = Date.now();
try {
  const bench = new Bench(work);
  await measure(bench);
  report(bench, Math.round((Date.now() - began) / 1000));
  process.exitCode = bench.failed.length ? 1 : 0;
} finally {
  remove(work);
}
