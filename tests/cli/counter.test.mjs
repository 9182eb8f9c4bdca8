// SPDX-License-Identifier: MIT
// counter.test.mjs - what a treasurer does at the command line: agreeing to large bookings, settings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, start } from '../lib/server.mjs';
import { refused, withPeople } from './site.mjs';

// A server with two managers of the whole canteen, signed in.
async function withManagers(site, work) {
  for (const name of ['mara', 'vera'])
    site.must(['user', 'add', `${name}@works.example`, '--role', 'admin', '--password-stdin'], { input: 'Very-Good-1\n' });
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0']);
  const mara = new Client(server.port), vera = new Client(server.port);
  try {
    await mara.login('mara@works.example', 'Very-Good-1');
    await vera.login('vera@works.example', 'Very-Good-1');
    await work(mara, vera);
  } finally { mara.close(); vera.close(); await server.stop(); }
}

const topup = (client, amount, key) => client.post('/api/v1/employees/1/topups', { amount, source: 'cash' }, { headers: { 'Idempotency-Key': key } });

test('opening balances come in once, by person and by file', () => withPeople((site) => {
  const rows = Array.from({ length: 3 }, (_, i) => `NEW${i},Guest ${i},,,,\n`).join('');
  site.must(['import', 'employees', site.file('new.csv', `employeeNumber,name,email,department,monthlyLimit,openingBalance\n${rows}`)]);
  const file = site.file('opening.csv', 'number,amount\nNEW0,1000\nNEW1,250\nNEW2,0\n');
  assert.match(site.must(['import', 'opening', file, '--dry-run']), /3 rows read, 2 would be added/);
  assert.match(site.must(['import', 'opening', file]), /3 rows read, 2 added/);
  refused(site.run(['import', 'opening', file]), 64, /booked before/);
  const bad = refused(site.run(['import', 'opening', site.file('bad.csv', 'number,amount\nNEW0,1\nNEW9,1\nNEW2,x\n')]), 65);
  for (const line of [2, 3, 4]) assert.match(bad.err, new RegExp(`line ${line}\\b`));
}));

test('a till is opened, sold through, counted short and closed', () => withPeople((site) => {
  assert.equal(site.must(['till', 'list']).trim(), 'none');
  assert.match(site.must(['till', 'open', 'Counter', '10000']), /Counter is open with 10000 HUF/);
  refused(site.run(['till', 'open', 'Counter', '1']), 73, /open already/);
  site.must(['topup', 'EMP001', '2000']);
  site.must(['payout', 'EMP001', '500', '--till', 'Counter']);
  refused(site.run(['topup', 'EMP001', '1', '--till', 'Hatch']), 64, /no till "Hatch"/);
  assert.match(site.must(['till', 'show', '1']), /topup +2000[^]*payout +-500[^]*should hold 11500/);
  refused(site.run(['till', 'count', 'Counter', '11400']), 64, /100 Ft|short|HUF/);
  assert.match(site.must(['till', 'count', 'Counter', '11400', '--reason', 'lost a coin']), /expected 11500, counted 11400, difference -100 HUF/);
  refused(site.run(['till', 'count', 'Counter', '1']), 64, /no till/);
  assert.match(site.must(['till', 'list']), /^1 +Counter +closed .* 10000 +11500 +11400 +-100$/m);
  assert.equal(JSON.parse(site.must(['till', 'show', '1', '--json'])).movements.length, 5);
  assert.match(site.must(['verify']), /is sound/);
}));

test('selling stops and starts, a day is closed, a message is shown', () => withPeople(async (site) => {
  assert.match(site.must(['selling', 'stop', 'Fire drill']), /^Selling +no$[^]*^Message +Fire drill$/m);
  assert.match(site.must(['selling', 'status']), /^Selling +no$/m);
  assert.match(site.must(['selling', 'start']), /^Selling +yes$/m);
  assert.match(site.must(['selling', 'notice', 'Soup is late', '2999-01-01T00:00:00Z']), /^Notice +Soup is late$[^]*^Until +2999/m);
  refused(site.run(['selling', 'notice', 'Too late', '2001-01-01T00:00:00Z']), 64, /to come/);
  await withManagers(site, async (mara) => {
    assert.match(site.must(['selling', 'close', '2999-12-24', 'Christmas Eve']), /Nothing is sold on 2999-12-24/);
    assert.match(site.must(['selling', 'closed']), /^2999-12-24 +Christmas Eve$/m);
    assert.equal((await mara.get('/api/v1/public')).json.counter.notice, 'Soup is late');
    site.must(['selling', 'stop', 'Power cut']);
    const refusal = await mara.post('/api/v1/purchases', { items: [{ productId: 1, quantity: 1 }], employeeId: 1 }, { headers: { 'Idempotency-Key': 'counter-test-buy-1' } });
    assert.deepEqual([refusal.status, refusal.json.code, refusal.json.params.message], [409, 'ERR_SELLING_STOPPED', 'Power cut']);
    assert.match(site.must(['selling', 'start']), /yes/);
  });
  assert.doesNotMatch(site.must(['selling', 'notice']), /Notice/);
  assert.match(site.must(['selling', 'open', '2999-12-24']), /open again/);
  refused(site.run(['selling', 'open', '2999-12-24']), 64, /no closed day/);
  refused(site.run(['selling', 'close', '2999-02-30', 'x']), 64);
  refused(site.run(['selling', 'close', 'tomorrow', 'x']), 64, /no date/);
}));

test('a category has its own undo window, and undos are reported', () => withPeople((site) => {
  assert.match(site.must(['category', 'undo', 'snack', '60']), /snack: 60/);
  assert.match(site.must(['category', 'list']), /^3 +snack +60$/m);
  assert.match(site.must(['category', 'undo', 'snack', 'none']), /as long as the site says/);
  refused(site.run(['category', 'undo', 'sweets', '60']), 64, /no category/);
  refused(site.run(['category', 'undo', 'snack', '-1']), 64);
  site.must(['site', 'undoAlertCount', '2']);
  assert.match(site.must(['report', 'undos']), /^PERSON +UNDOS +AMOUNT$/m);
  assert.match(site.must(['report', 'undos', '--csv']), /^\uFEFF?kind,id,number,name,undos,amount/);
}));

test('a large top-up waits for a second person, and the operator sees it', () => withPeople(async (site) => {
  assert.match(site.must(['site', 'approvalAbove', '5000']), /approvalAbove is now 5000/);
  assert.match(site.must(['site']), /^approvalAbove +5000$/m);
  refused(site.run(['site', 'approvalAbove', '-1']), 64);
  refused(site.run(['site', 'approvalAbove']), 64);
  assert.equal(site.must(['approval', 'list']).trim(), 'none');
  await withManagers(site, async (mara, vera) => {
    const first = await topup(mara, 5001, 'counter-test-key-1');
    assert.equal(first.status, 202, JSON.stringify(first.json));
    assert.deepEqual([first.json.id, first.json.approvalState, first.json.replayed], [null, 'pending', false]);
    const again = await topup(mara, 5001, 'counter-test-key-1');
    assert.deepEqual([again.status, again.json.approvalId, again.json.replayed], [202, first.json.approvalId, true]);
    assert.equal((await topup(mara, 5000, 'counter-test-key-2')).status, 201);
    const approve = `/api/v1/approvals/${first.json.approvalId}/approve`;
    assert.deepEqual([(await mara.post(approve)).json.code], ['ERR_SELF_ACTION']);
    const done = await vera.post(approve);
    assert.deepEqual([done.status, done.json.state, done.json.decidedByName.length > 0], [200, 'approved', true]);
    const told = await topup(mara, 5001, 'counter-test-key-1');
    assert.deepEqual([told.status, told.json.id, told.json.approvalState], [200, done.json.journalId, 'approved']);
    assert.equal((await topup(mara, 6000, 'counter-test-key-3')).status, 202);
    assert.equal((await topup(mara, 7000, 'counter-test-key-4')).status, 202);
    assert.match(site.must(['approval', 'list']), /^3 +pending +EMP001 +topup +7000 /m);
    assert.match(site.must(['approval', 'approve', '2']), /approval 2: 6000 HUF for EMP001 is approved \(journal \d+\)/);
    refused(site.run(['approval', 'reject', '3']), 64, /--reason/);
    assert.match(site.must(['approval', 'reject', '3', '--reason', 'no receipt']), /is rejected/);
    refused(site.run(['approval', 'approve', '3']), 64, /Already decided/);
    refused(site.run(['approval', 'approve', 'x']), 64, /no approval number/);
    refused(site.run(['approval', 'forget', '3']), 64, /unknown action/);
  });
  assert.equal(JSON.parse(site.must(['approval', 'list', 'rejected', '--json'])).length, 1);
  site.must(['topup', 'EMP001', '9000']);
  assert.match(site.must(['export', 'audit']), /"action":"ledger.topup".*"approvalSkipped":"operator"/);
  assert.match(site.must(['verify']), /is sound/);
}));
