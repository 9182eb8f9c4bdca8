// SPDX-License-Identifier: MIT
// rows.test.mjs - what a row says of its goal, and that the chart says the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chart } from './chart.mjs';
import { atLeast, atMost, judge, line, partOfBare, tally, timesPeer } from './rows.mjs';
import { byTurns, readReport, timesAs } from './wrk.mjs';

test('the strictest goal counts, and by how much of it a figure is short', () => {
  const row = judge({ what: 'list', unit: '/s', ours: 60, peer: 20, bare: 120, goals: [partOfBare(0.65), timesPeer(2.5)] });
  assert.equal(row.goal, 78);
  assert.match(line(row), /MISSED by 24 % \|$/);
  assert.match(line(judge({ ...row, ours: 79 })), /\| met \|$/);
});

test('of times, memory and errors less is better', () => {
  assert.equal(judge({ what: 'p99', unit: 'ms', ours: 16.5, goals: [atMost(15)] }).off.toFixed(2), '0.10');
  assert.equal(judge({ what: 'memory', unit: 'MB', ours: 12, goals: [atMost(15)] }).off, 0);
  assert.match(line(judge({ what: 'list', unit: 'errors', ours: 1, goals: [atMost(0)] })), /MISSED \|$/);
  assert.match(line(judge({ what: 'list', unit: 'errors', ours: 0, goals: [atMost(0)] })), /met \|$/);
});

test('a goal that hangs on the peer falls away without it, the others stay', () => {
  assert.equal(judge({ what: 'buy', unit: '/s', ours: 13000, goals: [atLeast(12000), timesPeer(4)] }).off, 0);
  assert.equal(judge({ what: 'buy', unit: '/s', ours: 13000, goals: [timesPeer(4)] }).score, null);
});

test('two who ran side by side are compared run by run, whatever the machine did between the rounds', async () => {
  const speed = [1, 1, 0.9, 0.5, 0.1, 1]; // the second is to warm up
  const at = (rate) => { let n = 0; return async (seconds) => ({ perSecond: rate * speed[n += 1], errors: n, done: seconds }); };
  const r = await byTurns({ ours: at(70), bare: at(100), peer: null }, { rounds: 4, seconds: 3 });
  assert.deepEqual([r.ours.done, r.ours.errors, r.ours.runs.length, r.peer], [12, 2 + 3 + 4 + 5, 4, undefined]);
  assert.ok(Math.abs(timesAs(r.ours, r.bare, 'perSecond') - 0.7) < 1e-9);
  assert.equal(timesAs(r.ours, r.peer, 'perSecond'), null);
  const row = judge({ what: 'list', unit: '/s', ours: 50, bare: 90, toBare: 0.7, goals: [partOfBare(0.65)] });
  assert.equal(row.off, 0);
  assert.match(line(row), /\| 0\.70 x \|.*\| met \|$/);
});

test('the chart marks what is missed and leaves out what has no goal', () => {
  const rows = [['a', 5], ['b', 20], ['c', undefined]].map(([what, ours]) => judge({ what, unit: 'ms', ours, goals: ours ? [atMost(10)] : [] }));
  const svg = chart(rows, 'now');
  assert.equal(svg.match(/class="met"/g).length, 1);
  assert.match(svg, /0\.50 missed/);
  assert.doesNotMatch(svg, />c \(ms\)/);
  assert.equal(tally(rows), '1 of 2 goals met; 1 missed.');
});

test('a refused or lost request is an error, and not done', () => {
  const text = `  Latency Distribution\n     50%    2.00ms\n     75%    1.00ms\n     90%    1.00ms\n     99%    1.20s \n  1000 requests in 1.00s, 1MB read
  Socket errors: connect 0, read 1, write 2, timeout 3\n  Non-2xx or 3xx responses: 10\nRequests/sec:    990.00\n`;
  assert.deepEqual(readReport(text), { perSecond: 990, done: 990, p50: 2, p99: 1200, errors: 16 });
});
