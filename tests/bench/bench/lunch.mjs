// SPDX-License-Identifier: MIT
// lunch.mjs - the mixed lunch (../lunch.mjs) at the rate that is a goal: a thousand people, the limits as they come.
import { lunch as eat } from '../lunch.mjs';
import { atLeast, atMost } from './rows.mjs';
import { SECONDS } from './wrk.mjs';

const RATE = 5250; // what people want together: while one waits for an answer one does not ask, so a little more than the goal
const RUNS = 14; // as long as so many other runs, but once

const beside = (goal, seed) => ({ ...goal, text: (unit) => `${goal.text(unit)} (seed: ${seed})` });

export async function lunch(bench) {
  const f = await eat({ seconds: SECONDS * RUNS, rate: RATE });
  bench.files.acknowledged += f.bought; // it has verified them
  const row = (what, unit, ours, goal) => bench.row({ what: `lunch of 1,000 people, ${what}`, unit, ours, goals: goal ? [goal] : [] });
  row('requests', '/s', f.per_second, beside(atLeast(5000), 800));
  row('average', 'ms', f.average_ms, null);
  row('p95', 'ms', f.p95_ms, beside(atMost(10), 350));
  row('p99', 'ms', f.p99_ms, beside(atMost(30), 800));
  row('errors', 'errors', f.errors, beside(atMost(0), '0.1 %'));
  row('reads from the cache', '%', f.hit_percent, beside(atLeast(90), '80 %'));
}
