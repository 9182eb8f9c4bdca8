// SPDX-License-Identifier: MIT
// kill.mjs [ROUNDS] - kill -9 under purchase load: after each restart every acknowledged purchase is there, the ledger
// verifies, and the program is ready in under a second. (The page cache survives a kill; what the disk holds is
// durability.mjs's business.)
import assert from 'node:assert/strict';
import { Client, key, mustRun, parallel, remove, start, tempDir } from '../lib/server.mjs';
import { makeCanteen } from './canteen.mjs';

const ROUNDS = Number(process.argv[2] || 25);
const CONNECTIONS = 16;
const READY_MS = 1000;
const WIDTH = 4; // acknowledged purchases before the blow vary with the round

const dir = tempDir('ff-kill-');
const acknowledged = new Map();
let server = null;
let slowest = 0;

// Buys until the connection breaks; says how many were acknowledged.
async function buyUntilKilled(client, blow) {
  let count = 0;
  const buyer = async (n) => {
    for (;;) {
      const k = key('kill');
      try {
        const r = await client.post('/api/v1/purchases',
          { employeeId: 1 + (n % 8), items: [{ productId: 1 + (n % 5), quantity: 1 }] }, { headers: { 'Idempotency-Key': k } });
        assert.equal(r.status, 201, r.body);
        acknowledged.set(k, r.json.id);
        count += 1;
        if (count === blow) server.child.kill('SIGKILL');
      } catch (error) {
        if (error.code) return; // the connection broke: outcome unknown, nothing was said
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => buyer(n)));
  return count;
}

try {
  const canteen = makeCanteen(dir, { people: 8 });
  for (let round = 0; round <= ROUNDS; round += 1) {
    server = await start(['serve', ...canteen.data, '--listen', '127.0.0.1:0', '--rate-limit', '0']);
    const client = new Client(server.port, { connections: CONNECTIONS });
    assert.equal((await client.get('/health/ready')).status, 200);
    if (round > 0) slowest = Math.max(slowest, server.readyMs);
    await client.login(canteen.email, canteen.password);
    await parallel([...acknowledged].slice(-300), CONNECTIONS, async ([k, id]) => {
      const r = await client.must(200, 'GET', `/api/v1/purchases/by-key/${k}`);
      assert.equal(r.id, id);
    });
    if (round === ROUNDS) {
      await parallel(acknowledged, CONNECTIONS, async ([k, id]) => {
        assert.equal((await client.must(200, 'GET', `/api/v1/purchases/by-key/${k}`)).id, id);
      });
      client.close();
      await server.stop();
      break;
    }
    const count = await buyUntilKilled(client, 20 + round * WIDTH);
    assert.ok(count >= 20, 'there was load when the blow came');
    client.close();
    await server.ended.catch(() => {});
    mustRun(['verify', ...canteen.data]);
  }
  assert.ok(slowest < READY_MS, `ready after a kill took ${slowest.toFixed(0)} ms`);
  console.log(`${ROUNDS} kills, ${acknowledged.size} acknowledged purchases all there, verify clean, request limits off, ready in at most ${slowest.toFixed(0)} ms`);
} catch (error) {
  if (server) console.error(server.log().slice(-4000));
  throw error;
} finally {
  if (server) await server.kill();
  remove(dir);
}
