// SPDX-License-Identifier: MIT
// canaries.test.mjs - secrets of every kind are planted in a run of the real program and then looked for, in clear, in
// hex and in base64, wherever the program writes: its log at the most talkative level, its replies, its database and
// copies, its audit log, and what would be left of it after a crash. None is found. Source: security.md S84.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Client, key, mustRun, run, start } from '../lib/server.mjs';
import { INIT, withDir } from './site.mjs';

const PASSWORD = 'Kanarienvogel-7731-Gelb';
const WRONG_PASSWORD = 'Kanarienvogel-9942-Grau';
const PIN = '59274816';
const WRONG_PIN = '61849275';
const BADGE = 'KANARI-BADGE-55018';
const UNKNOWN_BADGE = 'KANARI-BADGE-90077';
const BAD_TOKEN = 'kanari.token.dGhpcyBpcyBub3QgYSB0b2tlbg';
const IN_QUERY = 'kanari-in-a-query-4410';
const IN_COOKIE = 'kanari-in-a-cookie-8823';

// All files below a folder, but for those that are there to hold secrets.
function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return name === 'keys' ? [] : files(file);
    return name === 'run.json' ? [] : [file];
  });
}

// The spellings in which a secret would be recognised.
function spellings(secret) {
  const bytes = Buffer.isBuffer(secret) ? secret : Buffer.from(secret);
  const all = [bytes, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url')];
  return all.map((one) => Buffer.from(one));
}

function check(where, content, canaries) {
  for (const [name, secret] of Object.entries(canaries))
    for (const spelling of spellings(secret))
      assert.equal(content.includes(spelling), false, `${name} stands in ${where}`);
}

// What a person and a kiosk do in a day, with each kind of secret, right and wrong; gives the secrets that were made on
// the way. Replies that are there to hand a secret out are left alone, all others are kept.
async function live(port, site, told) {
  const client = new Client(port);
  const made = {};
  const say = async (method, target, options) => {
    const r = await client.request(method, target, options);
    told.push(`${method} ${target.split('?')[0]} ${r.status}\n${JSON.stringify(r.headers)}\n${r.body}`);
    return r;
  };
  const login = { email: 'admin@example.com', password: PASSWORD };
  const signed = await client.must(200, 'POST', '/api/v1/auth/login', { body: login });
  made.accessToken = signed.accessToken;
  made.refreshToken = signed.refreshToken;
  const browser = { 'X-FF-Request': '1', 'Sec-Fetch-Site': 'same-origin' };
  const cookie = await client.request('POST', '/api/v1/auth/login', { body: login, headers: browser });
  made.refreshCookie = /ff_refresh=([^;]+)/.exec(String(cookie.headers['set-cookie']))[1];
  await say('POST', '/api/v1/auth/login', { body: { ...login, password: WRONG_PASSWORD } });
  await say('POST', '/api/v1/auth/login', { body: `{"email":"admin@example.com","password":"${WRONG_PASSWORD}` });
  await say('POST', '/api/v1/auth/login', { body: { ...login, pasword: WRONG_PASSWORD } });
  await say('POST', '/api/v1/users', {
    token: made.accessToken,
    body: { email: 'x@example.com', name: 'X', role: 'employee', password: WRONG_PASSWORD.toLowerCase() },
  });
  await say('GET', '/api/v1/auth/me', { token: made.accessToken });
  await say('GET', '/api/v1/auth/me', { token: BAD_TOKEN });
  await say('GET', `/api/v1/auth/me?token=${IN_QUERY}`);
  await say('GET', `/api/v1/products?token=${IN_QUERY}`, { token: made.accessToken });
  await say('GET', '/api/v1/auth/me', { headers: { Cookie: `ff_device=${IN_COOKIE}; other=${IN_COOKIE}` } });
  made.pairingCode = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mustRun(['kiosk', 'add', 'Counter', ...site.args]))[0];
  const paired = await client.request('POST', '/api/v1/kiosk/pair', { body: { code: made.pairingCode }, headers: browser });
  assert.equal(paired.status, 201, paired.body);
  made.deviceCookie = /ff_device=([^;]+)/.exec(String(paired.headers['set-cookie']))[1];
  const kiosk = { ...browser, Cookie: `ff_device=${made.deviceCookie}` };
  const visit = await client.request('POST', '/api/v1/kiosk/identify', { body: { badge: BADGE }, headers: kiosk });
  assert.equal(visit.status, 200, visit.body);
  made.personToken = visit.json.token;
  await say('POST', '/api/v1/kiosk/identify', { body: { badge: UNKNOWN_BADGE }, headers: kiosk });
  await say('POST', '/api/v1/kiosk/identify', { body: { number: 'K-1', pin: WRONG_PIN }, headers: kiosk });
  await say('GET', '/api/v1/kiosk/me', { token: made.personToken, headers: kiosk });
  await say('POST', '/api/v1/purchases', {
    token: made.personToken, headers: { ...kiosk, 'Idempotency-Key': key('canary') },
    body: { items: [{ productId: 1, quantity: 1 }] },
  });
  await say('GET', '/api/v1/audit?limit=100', { token: made.accessToken });
  await say('GET', '/api/v1/employees/1', { token: made.accessToken });
  client.close();
  return made;
}

test('no secret is left in log, reply, audit, database, copy or core', () => withDir(async (site) => {
  const told = [];
  const csv = site.file('people.csv', 'employeeNumber,name,email,department,monthlyLimit,openingBalance\nK-1,Kati Nagy,,,,5000\n');
  const menu = site.file('menu.csv', 'name,price,category,description,available\nSoup,350,food,,true\n');
  told.push(site.must(INIT));
  for (const [words, input] of [
    [['import', 'products', menu]], [['import', 'employees', csv]],
    [['user', 'add', 'admin@example.com', '--name', 'Admin', '--role', 'admin', '--password-stdin'], `${PASSWORD}\n`],
    [['employee', 'pin', 'K-1', '--pin-stdin'], `${PIN}\n`],
    [['employee', 'badge', 'K-1', '--badge-stdin'], `${BADGE}\n`],
  ]) told.push(site.must(words, { input }));
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--log-level', 'debug']);
  let made;
  try {
    made = await live(server.port, site, told);
    // not dumpable: the kernel gives the process's files to root, and writes no core
    const limits = readFileSync(`/proc/${server.pid}/limits`, 'utf8');
    assert.match(limits, /Max core file size\s+0\s/);
    check('the command line', readFileSync(`/proc/${server.pid}/cmdline`), { PASSWORD, PIN, BADGE });
    const copy = run(['backup', 'create', ...site.args]);
    told.push(copy.out, copy.err);
  } finally { await server.stop(); }
  told.push(server.log());
  const canaries = {
    password: PASSWORD, 'wrong password': WRONG_PASSWORD, PIN, 'wrong PIN': WRONG_PIN, badge: BADGE,
    'unknown badge': UNKNOWN_BADGE, 'bad token': BAD_TOKEN, 'token in a query': IN_QUERY, cookie: IN_COOKIE, ...made,
    'pairing code, plain': made.pairingCode.replaceAll('-', ''),
  };
  const keys = path.join(site.data, 'keys');
  for (const name of readdirSync(keys)) canaries[`key ${name}`] = readFileSync(path.join(keys, name));
  assert.ok(Object.keys(canaries).length >= 12, 'at least twelve canaries');
  for (const [name, secret] of Object.entries(canaries)) assert.ok(secret.length >= 8, `${name} was planted`);
  check('what the program said', Buffer.from(told.join('\n')), canaries);
  const written = files(site.data);
  assert.ok(written.some((file) => /backups\//.test(file)) && written.length >= 2, written.join(' '));
  for (const file of written) check(file, readFileSync(file), canaries);
}));

test('the search itself finds what is there', () => {
  for (const text of [PASSWORD, Buffer.from(PASSWORD).toString('hex'), Buffer.from(PASSWORD).toString('base64')])
    assert.throws(() => check('a file', Buffer.from(`...${text}...`), { PASSWORD }));
});
