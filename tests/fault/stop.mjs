// SPDX-License-Identifier: MIT
// stop.mjs [ROUNDS] - SIGTERM while 256 connections buy and read without a pause, and come back when they are sent away:
// the program ends with 0 and in time; each request was answered whole, or its connection closed before the first byte of
// an answer; what was acknowledged is there, what was refused is not, and the ledger verifies.
import assert from 'node:assert/strict';
import net from 'node:net';
import { Client, key, mustRun, parallel, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const ROUNDS = Number(process.argv[2] || 3);
const [CONNECTIONS, PEOPLE, PRODUCTS] = [256, 50, 10];
const BUYERS = 128; // the others read
const BLOW = 1000; // answers before the signal
const END_MS = 8000; // what is under way has 5 s

const dir = tempDir('ff-stop-');
const bought = new Map();
const refused = [];
const tally = { acknowledged: 0, read: 0, refused: 0, closed: 0 };
let server = null;

function purchase(token, k, n) {
  const body = JSON.stringify({ employeeId: 1 + (n % PEOPLE), items: [{ productId: 1 + (n % PRODUCTS), quantity: 1 }] });
  return `POST /api/v1/purchases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: ${k}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const list = (token) => `GET /api/v1/products HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`;

// One reply if it is whole: {status, body, ends}.
function replyIn(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)[1]);
  const body = Buffer.from(text.slice(head + 4), 'latin1');
  if (body.length < length) return null;
  assert.equal(body.length, length, 'no byte more than the reply');
  return { status: Number(text.slice(9, 12)), body: body.toString('utf8'), ends: /\r\nconnection: close/i.test(text.slice(0, head + 2)) };
}

function note(reply, k) {
  if (reply.status === 201 && k) {
    bought.set(k, JSON.parse(reply.body).id);
    tally.acknowledged += 1;
  } else if (reply.status === 200 && !k) {
    tally.read += 1;
  } else {
    assert.equal(reply.status, 503, reply.body);
    assert.equal(JSON.parse(reply.body).code, 'ERR_SHUTTING_DOWN', reply.body);
    assert.ok(reply.ends, 'who is refused is told that it is over');
    if (k) refused.push(k);
    tally.refused += 1;
  }
}

// One connection until it ends; true when there was one.
function talk(port, token, n, answered) {
  return new Promise((resolve, reject) => {
    let [text, k, isAsked, isUp] = ['', null, false, false];
    const socket = net.connect(port, '127.0.0.1');
    const ask = () => {
      k = n < BUYERS ? key('stop') : null;
      [text, isAsked] = ['', true];
      socket.write(k ? purchase(token, k, n) : list(token));
    };
    socket.setEncoding('latin1');
    socket.on('connect', () => { isUp = true; ask(); });
    socket.on('error', () => {}); // it closes
    socket.on('data', (chunk) => {
      text += chunk;
      try {
        assert.ok(isAsked, `an answer that nobody asked for: ${text}`);
        const reply = replyIn(text);
        if (!reply) return;
        isAsked = false;
        note(reply, k);
        answered();
        if (!reply.ends) ask();
      } catch (error) { reject(error); }
    });
    socket.on('close', () => {
      if (isAsked && text) reject(new Error(`half an answer: ${text}`));
      tally.closed += isAsked;
      resolve(isUp);
    });
  });
}

async function round(canteen) {
  server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0', '--threads', '512']);
  const client = new Client(server.port);
  const { accessToken } = await client.login(canteen.email, canteen.password);
  client.close();
  let [answers, began, ended] = [0, 0, false];
  const answered = () => {
    answers += 1;
    if (answers !== BLOW) return;
    began = Date.now();
    server.child.kill('SIGTERM');
  };
  const gone = server.ended.then((how) => { ended = true; return how; });
  const late = setTimeout(() => server.child.kill('SIGKILL'), 60000);
  const people = Array.from({ length: CONNECTIONS }, async (_, n) => {
    while (!ended && await talk(server.port, accessToken, n, answered)) ; // back again, until nobody listens
  });
  assert.deepEqual(await gone, { code: 0, signal: null });
  const took = Date.now() - began;
  clearTimeout(late);
  await Promise.all(people);
  assert.ok(took < END_MS, `the end took ${took} ms`);
  return took;
}

async function look(canteen) {
  server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0']);
  const client = new Client(server.port, { connections: 16 });
  await client.login(canteen.email, canteen.password);
  const at = (k) => `/api/v1/purchases/by-key/${k}`;
  await parallel(bought, 16, async ([k, id]) => assert.equal((await client.must(200, 'GET', at(k))).id, id));
  await parallel(refused, 16, (k) => client.must(404, 'GET', at(k)));
  client.close();
  await server.stop();
  mustRun(['verify', ...canteen.data]);
}

try {
  const canteen = makeCanteen(dir, { people: PEOPLE, products: PRODUCTS });
  let slowest = 0;
  for (let i = 0; i < ROUNDS; i += 1) slowest = Math.max(slowest, await round(canteen));
  await look(canteen);
  assert.ok(tally.acknowledged > 100 * ROUNDS && tally.read > 100 * ROUNDS, `there was load: ${JSON.stringify(tally)}`);
  console.log(`${ROUNDS} stops under ${CONNECTIONS} connections, at most ${slowest} ms, ${JSON.stringify(tally)}, verify clean`);
} catch (error) {
  if (server) console.error(server.log().slice(-4000));
  throw error;
} finally {
  if (server) await server.kill();
  remove(dir);
}
