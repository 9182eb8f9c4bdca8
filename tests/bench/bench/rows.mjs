// SPDX-License-Identifier: MIT
// rows.mjs - a row of the table: a figure of ours beside the peer's and the bare limit's, its goal, and how far from it.
// Writes the table and the CSV.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

// What a goal may be. A row has the strictest of its goals; one that hangs on somebody who is not there is left out.
export const atLeast = (value) => ({ of: () => value, text: (unit) => `at least ${number(value)} ${unit}` });
export const atMost = (value) => ({ of: () => value, text: (unit) => `at most ${number(value)} ${unit}` });
export const partOfBare = (part) => ({ of: (row) => row.bare && part * beside(row, 'bare', 'toBare'), text: () => `${part * 100} % of bare` });
export const timesPeer = (times) => ({ of: (row) => row.peer && times * beside(row, 'peer', 'toPeer'), text: () => `${times} x peer` });
export const timesOther = (times, value, name) => ({ of: () => times * value, text: () => `${times} x ${name}` });

// What the other did in the minutes in which ours did `row.ours`, by the ratio of run to run where that is known.
const beside = (row, who, ratioTo) => (row[ratioTo] ? row.ours / row[ratioTo] : row[who]);

const UNITS = { '/s': 'more', cores: 'more', '%': 'more' }; // of all other units less is better

// {what, unit, ours, peer, bare, toPeer, toBare, goals}: adds `goal`, the value to reach; `score`, 1 or more when it is met; `off`, by how
// much of the goal it is missed (0.08: 8 %); `goalText`.
export function judge(row) {
  const isMore = UNITS[row.unit] === 'more';
  const goals = (row.goals ?? []).map((g) => g.of(row)).filter((value) => value !== null && value !== undefined);
  const goal = goals.length ? (isMore ? Math.max(...goals) : Math.min(...goals)) : null;
  const judged = { ...row, goal, goalText: (row.goals ?? []).map((g) => g.text(row.unit)).join(' and ') };
  if (goal === null || row.ours === null || row.ours === undefined) return { ...judged, score: null, off: null };
  if (goal === 0) return { ...judged, score: row.ours === 0 ? 1 : 0, off: row.ours === 0 ? 0 : 1 };
  return { ...judged, score: isMore ? row.ours / goal : goal / row.ours, off: Math.max(0, isMore ? 1 - row.ours / goal : row.ours / goal - 1) };
}

export function number(x) {
  if (x === null || x === undefined) return '-';
  if (Number.isInteger(x) || x >= 100) return Math.round(x).toLocaleString('en');
  return x.toFixed(x < 10 ? 2 : 1);
}

const ratio = (a, b, known) => (a && b ? `${(known ?? a / b).toFixed(2)} x` : '-');

function verdict(row) {
  if (row.score === null) return '';
  if (row.off === 0) return 'met';
  return row.goal === 0 ? 'MISSED' : `MISSED by ${Math.ceil(row.off * 100)} %`;
}

export function line(row) {
  return `| ${row.what} (${row.unit}) | ${number(row.ours)} | ${number(row.peer)} | ${number(row.bare)} | ${ratio(row.ours, row.peer, row.toPeer)} | ` +
    `${ratio(row.ours, row.bare, row.toBare)} | ${row.goalText} | ${verdict(row)} |`;
}

export const machine = () => `${cpus().length} x ${cpus()[0].model}`;

export function table(rows) {
  const head = '| what | ours | peer | bare | to peer | to bare | goal | |\n| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |';
  return [head, ...rows.map(line)].join('\n');
}

// How many goals are met, in words.
export function tally(rows) {
  const judged = rows.filter((r) => r.score !== null);
  const missed = judged.filter((r) => r.off > 0);
  return `${judged.length - missed.length} of ${judged.length} goals met${missed.length ? `; ${missed.length} missed` : ''}.`;
}

export function writeCsv(file, rows, conditions) {
  const cell = (x) => (x === null || x === undefined ? '' : typeof x === 'number' ? Number(x.toPrecision(6)) : `"${x.replaceAll('"', '""')}"`);
  writeFileSync(file, `# ${conditions}\nwhat,unit,ours,peer,bare,goal,score,goal in words\n` +
    rows.map((r) => `${[r.what, r.unit, r.ours, r.peer, r.bare, r.goal, r.score, r.goalText].map(cell).join(',')}\n`).join(''));
}
