// SPDX-License-Identifier: MIT
// durability.mjs RECORDER [PROGRAM] - durable before said. The program runs with a preload that writes down, in one order,
// every write to the write-ahead log, every fdatasync of it and every send. Each acknowledgement of a purchase must come
// after an fdatasync that began after that purchase's commit frame was written. With --expect-broken the program is one
// built with a weaker setting, and the test succeeds only if it catches it: proof that it can fail.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, PROGRAM, parallel, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const PURCHASES = 300;
const recorder = path.resolve(process.argv[2]);
const program = process.argv[3] && !process.argv[3].startsWith('--') ? path.resolve(process.argv[3]) : PROGRAM;
const expectBroken = process.argv.includes('--expect-broken');

function keyOf(n) {
  return `durable-${String(n).padStart(24, '0')}`;
}

function readRecord(file) {
  return readFileSync(file, 'utf8').trim().split('\n').map((line) => {
    const [kind, begin, end, what, keys] = line.split(' ');
    if (kind === 'A') return { kind, begin: Number(begin), keys: what.split(',').filter(Boolean) };
    return { kind, begin: Number(begin), end: Number(end), what, keys: (keys || '').split(',').filter(Boolean) };
  }).sort((a, b) => a.begin - b.begin);
}

// The place in the order after which the purchase was completely written: the page that follows the first commit frame
// at or after the first page holding its key.
function writtenAt(writes, key) {
  const first = writes.findIndex((w) => w.keys.includes(key));
  if (first < 0) return null;
  // The header of the page that holds the key comes just before it.
  for (let i = Math.max(0, first - 1); i < writes.length; i += 1) {
    if (writes[i].what === 'commit') return writes[i + 1]?.end ?? writes[i].end;
  }
  return null;
}

function tooEarly(record) {
  const writes = record.filter((r) => r.kind === 'W');
  const syncs = record.filter((r) => r.kind === 'S');
  const acks = record.filter((r) => r.kind === 'A');
  const bad = [];
  for (const ack of acks) {
    for (const key of ack.keys) {
      const at = writtenAt(writes, key);
      const durable = at !== null && syncs.some((s) => s.begin > at && s.end < ack.begin);
      if (!durable) bad.push(key);
    }
  }
  return { acks: acks.length, bad };
}

const dir = tempDir('ff-durable-');
let server = null;
try {
  const canteen = makeCanteen(dir, { people: 8, program });
  const log = path.join(dir, 'record');
  server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0'],
    { program, env: { LD_PRELOAD: recorder, FF_RECORD: log } });
  const client = new Client(server.port, { connections: 16 });
  await client.login(canteen.email, canteen.password);
  await parallel(Array.from({ length: PURCHASES }, (_, i) => i), 16, async (i) => {
    await client.must(201, 'POST', '/api/v1/purchases', {
      body: { employeeId: 1 + (i % 8), items: [{ productId: 1, quantity: 1 }, { productId: 2, quantity: 1 }] },
      headers: { 'Idempotency-Key': keyOf(i), 'X-Request-Id': keyOf(i) },
    });
  });
  client.close();
  await server.stop();
  const { acks, bad } = tooEarly(readRecord(log));
  assert.equal(acks, PURCHASES, 'every acknowledgement was seen');
  if (expectBroken) {
    assert.ok(bad.length > PURCHASES / 2, `a program that does not sync was not caught (${bad.length} of ${acks})`);
    console.log(`caught: ${bad.length} of ${acks} acknowledgements came before their fdatasync`);
  } else {
    assert.deepEqual(bad, [], 'acknowledged before it was durable');
    console.log(`${acks} acknowledgements, each after an fdatasync that began after its last write`);
  }
} catch (error) {
  if (server) console.error(server.log().slice(-4000));
  throw error;
} finally {
  if (server) await server.kill();
  remove(dir);
}
