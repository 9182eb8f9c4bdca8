// SPDX-License-Identifier: MIT
// replay.mjs [--weeks N] [--zone ZONE] - a real bakery's till (tests/golden/data), bought again through the HTTP API.
// Its clock is taken for one of London; with --zone for one of Europe/Budapest. Both change on the same days.
// 94 items imported, 200 people made, every transaction bought over 16 connections with its own key; every 20th is sent
// twice, every 50th undone. The test clock is moved on with a barrier per hour of the till, so that each purchase has its
// business date. Afterwards everything is computed independently from the CSV and compared to the unit.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client, mustRun, parallel, remove, run, start, tempDir } from '../lib/server.mjs';

const DATA = new URL('../golden/data/', import.meta.url).pathname;
const PEOPLE = 200;
const CONNECTIONS = 16;
const weeksArg = process.argv.indexOf('--weeks');
const WEEKS = weeksArg > 0 ? Number(process.argv[weeksArg + 1]) : Infinity;

const zoneArg = process.argv.indexOf('--zone');
const ZONE = zoneArg > 0 ? process.argv[zoneArg + 1] : 'Europe/London';
const HOURS_AHEAD = { 'Europe/London': 0, 'Europe/Budapest': 1 }[ZONE]; // of UTC, in winter

// The till's local wall time in UTC: winter time until 26 March 2017, then an hour more; 30 October 2016 (the first day)
// began in summer time and went back in the night, before the first sale.
function utcOf(date, time) {
  const summer = date >= '2017-03-26';
  return Date.parse(`${date}T${time}Z`) - (HOURS_AHEAD + (summer ? 1 : 0)) * 3600e3;
}

function readTill() {
  const byNumber = new Map();
  for (const row of readFileSync(path.join(DATA, 'bakery-till.csv'), 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [date, time, number, item] = row.split(',');
    if (!byNumber.has(number)) byNumber.set(number, { number: Number(number), date, time, items: new Map() });
    if (item === 'NONE') continue;
    const t = byNumber.get(number);
    t.items.set(item, (t.items.get(item) || 0) + 1);
  }
  const all = [...byNumber.values()].filter((t) => t.items.size > 0).sort((a, b) => utcOf(a.date, a.time) - utcOf(b.date, b.time) || a.number - b.number);
  const end = Date.parse(`${all[0].date}T00:00:00Z`) + WEEKS * 7 * 864e5;
  return all.filter((t) => Date.parse(`${t.date}T00:00:00Z`) < end);
}

function readPrices() {
  const rows = readFileSync(path.join(DATA, 'bakery-products.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  // The item names of this file hold no quotes or commas before the price: name is everything up to ",<digits>,".
  return new Map(rows.map((row) => { const m = /^"?(.*?)"?,(\d+),/.exec(row); return [m[1].replaceAll('""', '"'), Number(m[2])]; }));
}

function makeSite(dir) {
  const data = ['--data', path.join(dir, 'data')];
  mustRun(['init', ...data, '--name', 'Bakery', '--currency', 'GBP', '--decimals', '2', '--tz', ZONE]);
  return data;
}

// Beside the running server, so that the opening balances are booked at the till's time: the ledger never goes back.
function fillSite(dir, data) {
  mkdirSync(path.join(dir, 'in'));
  const people = path.join(dir, 'in', 'people.csv');
  const rows = Array.from({ length: PEOPLE }, (_, i) => {
    const n = String(i + 1).padStart(3, '0');
    return `B${n},Guest ${n},,Bakery,,1000000`;
  });
  writeFileSync(people, `employeeNumber,name,email,department,monthlyLimit,openingBalance\n${rows.join('\n')}\n`);
  mustRun(['import', 'products', path.join(DATA, 'bakery-products.csv'), '--amounts', 'minor', ...data]);
  mustRun(['import', 'employees', people, '--amounts', 'minor', ...data]);
  mustRun(['user', 'add', 'till@bakery.example', '--role', 'admin', '--password-stdin', ...data], { input: 'Sourdough-1793\n' });
}

async function everything(client, target) {
  const rows = [];
  let after = '0';
  do {
    const page = await client.must(200, 'GET', `${target}${target.includes('?') ? '&' : '?'}limit=100&after=${after}`);
    rows.push(...page.data);
    after = page.pagination.next;
  } while (after);
  return rows;
}

async function signIn(client) {
  if (client.refreshToken) {
    const r = await client.post('/api/v1/auth/refresh', { refreshToken: client.refreshToken }, { token: null });
    if (r.status === 200) {
      client.token = r.json.accessToken;
      client.refreshToken = r.json.refreshToken;
      return;
    }
  }
  await client.login('till@bakery.example', 'Sourdough-1793');
}

// The reports of the whole range, per day, hour of the till's clock, weekday and item, against the CSV alone. An undo is of
// the same day and hour as its purchase, so it cancels it out.
async function checkReports(client, kept, prices) {
  const weekday = (t) => String((new Date(`${t.date}T12:00:00Z`).getUTCDay() + 6) % 7 + 1);
  const keys = { day: (t) => t.date, hour: (t) => t.time.slice(0, 2), weekday, product: null };
  for (const [by, keyOf] of Object.entries(keys)) {
    const expected = new Map();
    const add = (key, amount) => expected.set(key, (expected.get(key) || 0) + amount);
    for (const t of kept) for (const [name, n] of t.items) add(keyOf ? keyOf(t) : name, prices.get(name) * n);
    const report = await client.must(200, 'GET', `/api/v1/reports/sales?from=2016-10-01&to=2017-05-01&by=${by}`);
    const found = new Map(report.rows.filter((r) => r.gross !== 0).map((r) => [r.key, r.gross]));
    assert.deepEqual(new Map([...found].sort()), new Map([...expected].sort()), `report by ${by}`);
    assert.equal(report.gross, [...expected.values()].reduce((a, b) => a + b, 0));
  }
}

// Two days after the last sale every day has ended; the server sums them up by itself.
async function endTheDays(server, client, till) {
  const end = new Date(utcOf(till.at(-1).date, '12:00:00') + 2 * 864e5).toISOString();
  const before = server.log().length;
  await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: end } });
  while (!server.log().slice(before).includes('summedUpTo')) await client.get('/health');
  await signIn(client);
}

async function main() {
  const began = Date.now();
  const till = readTill();
  const prices = readPrices();
  const dir = tempDir('ff-replay-');
  let server = null;
  try {
    const data = makeSite(dir);
    server = await start(['serve', ...data, '--listen', '127.0.0.1:0', '--rate-limit', '0', '--log-level', 'info', '--test-clock', '2016-10-29T00:00:00Z']);
    fillSite(dir, data);
    const client = new Client(server.port, { connections: CONNECTIONS });
    await signIn(client);
    const products = new Map();
    for (let page = 1; products.size < prices.size; page += 1) {
      const r = await client.must(200, 'GET', `/api/v1/products?limit=100&page=${page}`);
      assert.ok(r.data.length > 0, 'all 94 items are there');
      for (const p of r.data) products.set(p.name, p);
    }
    assert.deepEqual(new Map([...products].map(([n, p]) => [n, p.price]).sort()), new Map([...prices].sort()));
    const employees = [];
    for (let page = 1; page <= 2; page += 1) {
      employees.push(...(await client.must(200, 'GET', `/api/v1/employees?limit=100&sort=id&page=${page}`)).data);
    }
    assert.equal(employees.length, PEOPLE);

    const hours = new Map();
    for (const t of till) {
      const hour = Math.floor(utcOf(t.date, t.time) / 3600e3);
      if (!hours.has(hour)) hours.set(hour, []);
      hours.get(hour).push(t);
    }
    let sent = 0, twice = 0;
    const undone = new Set();
    for (const [hour, list] of hours) {
      await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(hour * 3600e3 + 1800e3).toISOString() } });
      await signIn(client);
      await parallel(list, CONNECTIONS, async (t) => {
        const body = {
          employeeId: employees[t.number % PEOPLE].id,
          items: [...t.items].map(([name, quantity]) => ({ productId: products.get(name).id, quantity })),
        };
        const headers = { 'Idempotency-Key': `till-transaction-${String(t.number).padStart(6, '0')}` };
        const first = await client.must(201, 'POST', '/api/v1/purchases', { body, headers });
        assert.equal(first.businessDate, t.date);
        sent += 1;
        if (t.number % 20 === 0) {
          const again = await client.must(200, 'POST', '/api/v1/purchases', { body, headers });
          assert.equal(again.id, first.id);
          assert.equal(again.replayed, true);
          twice += 1;
        }
        if (t.number % 50 === 0) {
          await client.must(201, 'POST', `/api/v1/purchases/${first.id}/undo`,
            { body: {}, headers: { 'Idempotency-Key': `till-undo-${String(t.number).padStart(6, '0')}` } });
          undone.add(t.number);
        }
      });
    }

    // From the CSV alone.
    const money = (t) => [...t.items].reduce((sum, [name, n]) => sum + prices.get(name) * n, 0);
    const pieces = (t) => [...t.items].reduce((sum, [, n]) => sum + n, 0);
    const expected = { purchases: till.length, pieces: 0, money: 0, kept: 0, byDay: new Map(), byItem: new Map(), byPerson: new Map() };
    for (const t of till) {
      expected.pieces += pieces(t);
      expected.money += money(t);
      expected.byDay.set(t.date, (expected.byDay.get(t.date) || 0) + money(t));
      for (const [name, n] of t.items) expected.byItem.set(name, (expected.byItem.get(name) || 0) + n);
      if (undone.has(t.number)) continue;
      expected.kept += money(t);
      const who = t.number % PEOPLE;
      expected.byPerson.set(who, (expected.byPerson.get(who) || 0) + money(t));
    }
    // From the server.
    const booked = await everything(client, '/api/v1/purchases');
    const sum = (rows, f) => rows.reduce((a, r) => a + f(r), 0);
    assert.equal(booked.length, expected.purchases);
    assert.equal(sum(booked, (p) => sum(p.items, (i) => i.quantity)), expected.pieces);
    assert.equal(sum(booked, (p) => p.total), expected.money);
    assert.equal(booked.filter((p) => p.undone).length, undone.size);
    assert.equal(sum(booked.filter((p) => !p.undone), (p) => p.total), expected.kept);
    const byDay = new Map(), byItem = new Map();
    for (const p of booked) {
      byDay.set(p.businessDate, (byDay.get(p.businessDate) || 0) + p.total);
      for (const i of p.items) byItem.set(i.name, (byItem.get(i.name) || 0) + i.quantity);
    }
    assert.deepEqual(new Map([...byDay].sort()), new Map([...expected.byDay].sort()));
    assert.deepEqual(new Map([...byItem].sort()), new Map([...expected.byItem].sort()));
    await parallel(employees.map((e, i) => [e, i]), CONNECTIONS, async ([e, i]) => {
      const b = await client.must(200, 'GET', `/api/v1/employees/${e.id}/balance`);
      const number = Number(e.number.slice(1)) - 1;
      assert.equal(i, number, 'people are listed in the order of the file');
      assert.equal(b.balance, 1000000 - (expected.byPerson.get(number) || 0), e.number);
    });
    const kept = till.filter((t) => !undone.has(t.number));
    await checkReports(client, kept, prices);
    await endTheDays(server, client, till);
    await checkReports(client, kept, prices);
    client.close();
    await server.stop();
    server = null;
    const verified = run(['verify', ...data, '--json']);
    assert.equal(verified.code, 0, verified.out + verified.err);
    console.log(`till in ${ZONE}: ${sent} purchases (${twice} sent twice, ${undone.size} undone), ${expected.pieces} pieces, ` +
      `${(expected.money / 100).toFixed(2)} GBP: equal to the unit; verify clean; request limits off; ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    if (server) console.error(server.log().slice(-4000));
    throw error;
  } finally {
    if (server) await server.kill();
    remove(dir);
  }
}

await main();
