// SPDX-License-Identifier: MIT
// process.test.mjs - what the serving process does to itself, seen from outside through /proc, and that no secret stands
// where other users of the machine, or the log, could show it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, run, start } from '../lib/server.mjs';
import { withPeople, withSite } from './site.mjs';

const serve = (site, ...extra) => start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...extra]);
const proc = (pid, file) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
const field = (text, name) => new RegExp(`^${name}:?\\s+(.*)$`, 'm').exec(text)?.[1].trim();

test('no new privileges, a closed umask, no core, not dumpable', () => withSite(async (site) => {
  const server = await serve(site);
  try {
    const status = proc(server.pid, 'status');
    assert.equal(field(status, 'NoNewPrivs'), '1');
    assert.equal(field(status, 'Umask'), '0077');
    assert.match(proc(server.pid, 'limits'), /^Max core file size +0 +0 /m);
    assert.equal(statSync(`/proc/${server.pid}/environ`).uid, 0, 'the /proc files of what is not dumpable are root\'s');
    if (process.getuid() !== 0) assert.throws(() => proc(server.pid, 'environ'), /EACCES/);
  } finally { await server.stop(); }
}));

test('every file the server makes is its user\'s alone', () => withPeople(async (site) => {
  const server = await serve(site);
  site.must(['topup', 'EMP001', '1000']);
  site.must(['backup', 'create']);
  const look = (dir) => {
    assert.equal(statSync(dir).mode & 0o777, 0o700, dir);
    for (const e of readdirSync(dir, { withFileTypes: true })) {
      const file = path.join(dir, e.name);
      if (e.isDirectory()) look(file);
      else assert.equal(statSync(file).mode & 0o777, 0o600, file);
    }
  };
  try {
    look(site.data);
    assert.ok(readdirSync(path.join(site.data, 'keys')).length >= 2, 'there are keys');
  } finally { await server.stop(); }
}));

test('secrets stand neither in arguments nor in the log nor in the database', () => withPeople(async (site) => {
  const password = 'Fekete-Macska-77';
  site.must(['user', 'add', 'anna@canteen.example', '--name', 'Anna', '--role', 'admin', '--password-stdin'], { input: `${password}\n` });
  const server = await serve(site, '--log-level', 'debug', '--log-format', 'json');
  const client = new Client(server.port);
  const secrets = [password];
  try {
    await client.login('anna@canteen.example', password);
    secrets.push(client.token, client.refreshToken);
    await client.get('/api/v1/products', { headers: { Cookie: 'ff_refresh=canary-of-a-cookie-0123456789' } });
    await client.post('/api/v1/auth/login', { email: 'anna@canteen.example', password: 'Canary-Wrong-99' });
    secrets.push('canary-of-a-cookie-0123456789', 'Canary-Wrong-99');
    secrets.push(JSON.parse(readFileSync(path.join(site.data, 'run.json'), 'utf8')).secret);
    for (const name of readdirSync(path.join(site.data, 'keys'))) secrets.push(readFileSync(path.join(site.data, 'keys', name)).toString('hex'));
    const cmdline = proc(server.pid, 'cmdline');
    assert.match(cmdline, /serve/);
    for (const secret of secrets) {
      assert.ok(!cmdline.includes(secret), 'in the arguments');
      assert.ok(!server.log().includes(secret), `in the log: ${secret.slice(0, 8)}`);
    }
  } finally { client.close(); await server.stop(); }
  for (const name of readdirSync(site.data)) {
    const file = path.join(site.data, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    for (const secret of secrets.slice(0, 5)) assert.equal(bytes.includes(secret), false, `${name}: ${secret.slice(0, 8)}`);
  }
}));

test('there is no option that takes a secret', () => {
  const help = run(['help', 'user', 'add']).out + run(['help', 'employee', 'pin']).out;
  assert.match(help, /--password-stdin/);
  assert.doesNotMatch(help, /--(password|pin|badge|secret|token)[ =]/);
});
