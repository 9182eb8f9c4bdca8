// SPDX-License-Identifier: MIT
// terminal.test.mjs - at a terminal: secrets are asked for without echo, the start is two lines, risky steps are asked about.
// `script` (bsdutils, on every Debian) gives the program a terminal of its own. It hands the line to $SHELL or /bin/sh,
// which must get out of the way (exec): a shell that stays takes Ctrl-C too, and answers 130 for the program's 0.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { PROGRAM } from '../lib/server.mjs';
import { withPeople, withSite } from './site.mjs';

const PATIENCE_MS = 20000;
const quote = (word) => `'${String(word).replaceAll("'", "'\\''")}'`;

// Runs the program at a terminal; `talk` is [[pattern to wait for, what to type], ...]. {code, seen}.
function atTerminal(words, talk) {
  const child = spawn('script', ['-qec', `exec ${[PROGRAM, ...words].map(quote).join(' ')}`, '/dev/null'], { stdio: 'pipe' });
  let seen = '';
  let next = 0;
  let from = 0;
  const look = (chunk) => {
    seen += chunk;
    while (next < talk.length) {
      const m = talk[next][0].exec(seen.slice(from));
      if (!m) return;
      from += m.index + m[0].length;
      const typed = talk[next][1];
      next += 1;
      if (typeof typed === 'function') typed(child); else child.stdin.write(typed);
    }
  };
  child.stdout.on('data', look);
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  return new Promise((resolve) => child.once('close', (code) => { clearTimeout(timer); resolve({ code, seen }); }));
}

test('a password is asked for twice and never shown', () => withSite(async (site) => {
  const words = ['user', 'add', 'a@b.example', '--role', 'admin', ...site.args];
  const wrong = await atTerminal(words, [[/New password: /, 'Very-Good-1\n'], [/Repeat password: /, 'Very-Good-2\n']]);
  assert.equal(wrong.code, 64, wrong.seen);
  assert.match(wrong.seen, /not the same/);
  const good = await atTerminal(words, [[/New password: /, 'Very-Good-1\n'], [/Repeat password: /, 'Very-Good-1\n']]);
  assert.equal(good.code, 0, good.seen);
  assert.match(good.seen, /may sign in as admin/);
  for (const { seen } of [wrong, good]) assert.doesNotMatch(seen, /Very-Good/);
}));

test('a badge is read once, as a reader types it', () => withPeople(async (site) => {
  const { code, seen } = await atTerminal(['employee', 'badge', 'EMP002', ...site.args], [[/New badge: /, 'FF-0002\n']]);
  assert.equal(code, 0, seen);
  assert.doesNotMatch(seen, /FF-0002/);
}));

test('a start at the terminal is short, and says when nobody can sign in yet', () => withSite(async (site) => {
  const serve = ['serve', '--listen', '127.0.0.1:0', ...site.args];
  const stop = [[/Press Ctrl-C to stop\./, '\x03']];
  const first = await atTerminal(serve, stop);
  assert.equal(first.code, 0, first.seen);
  assert.match(first.seen, /FeastFrenzy \S+ {2}Works canteen \(HUF\), data in .*\r\nNobody can sign in yet: feastfrenzy user add .*\r\nReady at http:\/\/127\.0\.0\.1:\d+\//);
  site.must(['user', 'add', 'a@b.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  const later = await atTerminal(serve, stop);
  assert.match(later.seen, /data in .*\r\nReady at/);
}));

test('going down is asked about', () => withSite(async (site) => {
  const down = ['migrate', 'down', ...site.args];
  const no = await atTerminal(down, [[/Type yes to go on: /, 'no\n']]);
  assert.equal(no.code, 64, no.seen);
  const yes = await atTerminal(down, [[/Type yes to go on: /, 'yes\n']]);
  assert.equal(yes.code, 0, yes.seen);
}));
