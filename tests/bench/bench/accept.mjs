// SPDX-License-Identifier: MIT
// accept.mjs - puts what the last run printed where it is quoted: all of it and the chart into tests/bench/README.md, a few
// rows into README.md. Nothing is quoted that was not printed.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OUT } from './servers.mjs';
import { HERE } from './wrk.mjs';

const ROOT = path.resolve(HERE, '..', '..');
const FEW = [/^\| what /, /^\| --- /, /^\| product list, cached, 64 connections \(\/s/, /^\| product list, cached, 1,000 connections \(\/s/,
  /^\| purchase, 64 connections, fresh file/, /^\| memory under/, /^\| start to first/];

function quote(file, text) {
  const page = readFileSync(file, 'utf8');
  const parts = /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/;
  assert.match(page, parts, `${file} has a place for figures`);
  writeFileSync(file, page.replace(parts, (all, before, after) => `${before}${text.trimEnd()}\n${after}`));
}

const printed = path.join(OUT, 'bench.md');
assert.ok(existsSync(printed), 'nothing was measured yet: make bench');
const text = readFileSync(printed, 'utf8');
const lines = text.split('\n');
quote(path.join(HERE, 'README.md'), `![Ratio to the goals](bench.svg)\n\n${text}`);
// What it does, what the others do, how many times as much; the goals are for those who work on it.
const few = lines.filter((l) => FEW.some((one) => one.test(l))).map((l) => `${l.split('|').slice(0, 6).join('|')}|`).join('\n');
const how = lines.filter((l) => /medians of/.test(l)).join(' ').split('. ')[0];
quote(path.join(ROOT, 'README.md'), `${few}\n\n${how}.`);
copyFileSync(path.join(OUT, 'bench.svg'), path.join(HERE, 'bench.svg'));
