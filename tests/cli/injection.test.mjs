// SPDX-License-Identifier: MIT
// injection.test.mjs - names that are formulas to a spreadsheet, and bytes that would forge or colour a line of the log:
// every file that the API writes is harmless when opened and the same when read again, and every event is one line.
// Source: security.md T17, S85.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';
import { Client, key, start } from '../lib/server.mjs';
import { INIT, withDir } from './site.mjs';

const FORMULAS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","open")', '+1+2', '-2+3', '@SUM(1)', '=1+1', '"quoted", and more',
  "'=already", '-', '--1', '+36 1 234', 'plain', 'a "b" c', '=', '@'];

// RFC 4180, strictly.
function cells(text) {
  const rows = [[]];
  let at = 0;
  const end = () => at >= text.length;
  while (!end()) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        assert.ok(!end(), 'a quoted cell is closed');
        if (text[at] === '"' && text[at + 1] !== '"') break;
        if (text[at] === '"') at += 1;
        cell += text[at];
      }
      at += 1;
    } else {
      while (!end() && !/[,\r\n]/.test(text[at])) { assert.notEqual(text[at], '"'); cell += text[at]; at += 1; }
    }
    rows.at(-1).push(cell);
    if (text[at] === ',') { at += 1; continue; }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') { at += 1; if (!end()) rows.push([]); }
  }
  return rows;
}

// What a spreadsheet would compute: all but a plain number that begins so.
const isFormula = (cell) => /^[=+\-@\t\r]/.test(cell) && !/^-?\d+([.,]\d+)?$/.test(cell);

// Nothing is planned, owed or deducted in this canteen: these lists have a head only.
const EMPTY = /^\/api\/v1\/(menu|payroll|reports\/(?!sales))/;

function harmless(text, where) {
  const rows = cells(text);
  assert.ok(rows.length > (EMPTY.test(where) ? 0 : 1), `${where} has rows:\n${text}`);
  for (const row of rows) {
    assert.equal(row.length, rows[0].length, `${where}: ${row}`);
    for (const cell of row) assert.equal(isFormula(cell), false, `${where}: ${cell}`);
  }
}

const PASSWORD = 'Lunchtime-2026';
const serve = (site, ...more) => start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...more]);
const account = (site) => site.must(['user', 'add', 'admin@example.com', '--name', '=1+1', '--role', 'admin', '--employee', 'N-0',
  '--password-stdin'], { input: `${PASSWORD}\n` });

async function fill(client) {
  for (const [i, name] of FORMULAS.entries()) {
    await client.must(201, 'POST', '/api/v1/products', { body: { name: `${name} `, price: 100 + i, category: 'food', description: `${name}\nand "more"` } });
    await client.must(201, 'POST', '/api/v1/employees', { body: { number: `N-${i + 1}`, name } });
  }
}

// Every address of the document that gives CSV, with id 1. A payroll file is there only for a month that is over and
// closed: service/payroll looks at its cells.
async function csvTargets(client) {
  const document = await client.must(200, 'GET', '/api/v1/openapi.json');
  return Object.entries(document.paths).filter(([target]) => !target.startsWith('/api/v1/payroll/')).filter(([, ops]) => ops.get?.responses?.['200']?.content?.['text/csv'])
    .map(([target]) => target.replaceAll('{month}', new Date().toISOString().slice(0, 7)).replaceAll(/\{\w+\}/g, '1'));
}

test('a file from the API is no formula to a spreadsheet, and reads back as it was', () => withDir(async (site) => {
  site.must(INIT);
  site.must(['import', 'employees', site.file('first.csv', 'employeeNumber,name,email,department,monthlyLimit,openingBalance\nN-0,=1+1,,,,5000\n')]);
  account(site);
  const server = await serve(site);
  const client = new Client(server.port);
  const files = {};
  try {
    await client.login('admin@example.com', PASSWORD);
    await fill(client);
    await client.must(201, 'POST', '/api/v1/departments', { body: { name: '=1+1' } });
    await client.must(200, 'PATCH', '/api/v1/stock/1', { body: { lowWater: 2 } });
    await client.must(201, 'POST', '/api/v1/purchases', { body: { items: [{ productId: 1, quantity: 1 }], employeeId: 1 }, headers: { 'Idempotency-Key': key('csv') } });
    const targets = await csvTargets(client);
    assert.ok(targets.length >= 4, targets.join(' '));
    for (const target of targets) {
      const r = await client.get(target, { headers: { Accept: 'text/csv' } });
      assert.equal(r.status, 200, `${target}: ${r.body}`);
      assert.match(r.headers['content-type'], /^text\/csv/);
      if (/\/export$/.test(target)) { // sections, each with a header of its own
        for (const row of cells(r.body)) for (const cell of row) assert.equal(isFormula(cell), false, `${target}: ${cell}`);
      } else harmless(r.body, target);
      files[target] = r.body;
    }
  } finally { client.close(); await server.stop(); }
  const products = site.must(['export', 'products']), people = site.must(['export', 'employees']);
  harmless(products, 'export products');
  harmless(people, 'export employees');
  await withDir(async (other) => {
    other.must(INIT);
    other.must(['import', 'products', other.file('p.csv', products), '--amounts', 'minor']);
    other.must(['import', 'employees', other.file('e.csv', people), '--amounts', 'minor']);
    assert.equal(other.must(['export', 'products']), products);
    assert.equal(other.must(['export', 'employees']), people);
  });
}));

// Sends bytes as they are; the reply, or what came of it.
function raw(port, bytes) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let got = '';
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (c) => { got += c; socket.end(); });
    socket.on('error', () => {});
    socket.on('close', () => resolve(got));
  });
}

const FORGED = '2026-01-01T00:00:00.000Z error forged';
const HOSTILE = [
  `GET /x%0a${encodeURIComponent(FORGED)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /\x1b[31mred HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /api/v1/a\n${FORGED} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /api/v1/site HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: a\x1b[2Jbcdefgh\r\n\r\n`,
  `GET /api/v1/site HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: abcdefgh\r${FORGED}\r\n\r\n`,
  `GET /api/v1/site HTTP/1.1\r\nHost: localhost\r\nUser-Agent: \x1b]0;title\x07\r\n\r\n`,
  `\x1b[31m${FORGED}\r\n\r\n`,
  `GET /${'\xe2\x80\xa8'}${FORGED} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /api/v1/products/%e2%80%a8%1b HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET /api/v1/${'a'.repeat(6000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 52\r\n\r\n{"email":"a\\n\\u001b[31m@b.c","password":"x\\n${FORGED}"}`,
];

for (const format of ['text', 'json', 'journal']) {
  test(`an event is one line of the log: ${format}`, () => withDir(async (site) => {
    site.must(INIT);
    const server = await serve(site, '--log-level', 'debug', '--log-format', format);
    try { for (const bytes of HOSTILE) await raw(server.port, bytes); } finally { await server.stop(); }
    const lines = server.log().split('\n').filter(Boolean);
    assert.ok(lines.length >= HOSTILE.length, server.log());
    for (const line of lines) {
      assert.doesNotMatch(line, /[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\ufffd]/, line);
      assert.ok(Buffer.byteLength(line) <= 4096, 'at most 4 KiB');
      if (format === 'json') { const event = JSON.parse(line); assert.ok(!/^2026-01-01/.test(event.time ?? event.ts ?? '')); }
      else assert.doesNotMatch(line, new RegExp(`^(<\\d>)?${FORGED}`), line);
    }
  }));
}
