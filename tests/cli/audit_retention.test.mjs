// SPDX-License-Identifier: MIT
// audit_retention.test.mjs - the running server lets entries go when their time is over, and what is left still proves
// itself; an admin says how long that is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { withPeople } from './site.mjs';

const DAY = 86400000;
const proof = (site) => JSON.parse(site.must(['audit', 'verify', '--json']));

async function eventually(look, what) {
  const began = Date.now();
  for (;;) {
    const found = look();
    if (found) return found;
    assert.ok(Date.now() - began < 10000, what);
    await new Promise((done) => setTimeout(done, 200));
  }
}

test('entries of 89 days stay, entries of 91 days go, and the rest holds', () => withPeople(async (site) => {
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  const old = proof(site);
  let now = Date.now() + DAY;
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--test-clock', new Date(now).toISOString()]);
  const client = new Client(server.port);
  const move = async (days) => {
    now += days * DAY;
    await client.must(200, 'POST', '/api/v1/test/clock', { body: { now: new Date(now).toISOString() } });
  };
  try {
    await move(88);
    site.must(['topup', 'EMP001', '100']); // an entry of this day; and housekeeping has had its hour
    await eventually(() => proof(site).headSeq > old.headSeq, 'the top-up is there');
    await new Promise((done) => setTimeout(done, 2500));
    assert.equal(proof(site).firstSeq, 1, 'nothing is too old yet');
    await move(2);
    const left = await eventually(() => { const r = proof(site); return r.firstSeq > old.headSeq && r; }, 'the old ones go');
    assert.ok(left.ok && left.entries < old.entries);
    assert.match(site.must(['audit', 'tail', '-n', '100']), /audit\.purge/);
  } finally { client.close(); await server.stop(); }
  assert.ok(proof(site).ok);
}));

test('how long is a setting, within bounds, and its change is recorded', () => withPeople(async (site) => {
  site.must(['user', 'add', 'boss@works.example', '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  const client = new Client(server.port);
  try {
    await client.login('boss@works.example', 'Very-Good-1');
    for (const auditDays of [29, 3651]) await client.must(400, 'PATCH', '/api/v1/site', { body: { auditDays } });
    assert.equal((await client.must(200, 'PATCH', '/api/v1/site', { body: { auditDays: 400 } })).auditDays, 400);
    const { data } = await client.must(200, 'GET', '/api/v1/audit?action=site.change');
    assert.deepEqual([data[0].oldValues, data[0].newValues], [{ auditDays: 90 }, { auditDays: 400 }]);
  } finally { client.close(); await server.stop(); }
}));
