// SPDX-License-Identifier: MIT
// subsidy.test.mjs - what the employer pays, set up and reported by the operator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, withPeople } from './site.mjs';

const json = (site, words) => JSON.parse(site.must([...words, '--json']));

test('a rule is added, changed, switched off and removed', () => withPeople((site) => {
  refused(site.run(['subsidy', 'add', 'Lunch']), 64, /how much/);
  refused(site.run(['subsidy', 'add', 'Lunch', '--percent', '101']), 64, /at most 100/);
  refused(site.run(['subsidy', 'add', 'Lunch', '--fixed', '1', '--percent', '5']), 64, /not both/);
  refused(site.run(['subsidy', 'add', 'Lunch', '--fixed', '150', '--slot', '25:00-26:00']), 64, /slot|time/i);
  site.must(['subsidy', 'add', 'Lunch', '--percent', '33.333', '--cap', '300', '--slot', '11:00-14:30',
    '--weekdays', '12345', '--category', 'food', '--valid-to', '2030-12-31']);
  refused(site.run(['subsidy', 'add', 'LUNCH', '--fixed', '1']), 73, /already/);
  const [rule] = json(site, ['subsidy', 'list']);
  assert.deepEqual([rule.kind, rule.value, rule.cap, rule.slotFrom, rule.slotTo, rule.weekdays, rule.category, rule.validTo],
    ['percent', 333330, 300, '11:00', '14:30', '12345', 'food', '2030-12-31']);
  site.must(['subsidy', 'set', 'Lunch', '--fixed', '150', '--cap', 'none', '--category', 'none', '--valid-to', 'none']);
  site.must(['subsidy', 'off', 'Lunch']);
  const [changed] = json(site, ['subsidy', 'list']);
  assert.deepEqual([changed.kind, changed.value, changed.cap, changed.category, changed.validTo, changed.active],
    ['fixed', 150, null, null, null, false]);
  assert.match(site.must(['subsidy', 'list']), /Lunch +fixed +150/);
  refused(site.run(['subsidy', 'set', 'Lunch']), 64, /nothing was given/);
  refused(site.run(['subsidy', 'set', 'Lunch', '--group', 'Nobody']), 64, /no group/);
  site.must(['subsidy', 'remove', 'Lunch']);
  refused(site.run(['subsidy', 'remove', 'Lunch']), 64, /no rule/);
}));

test('an allowance is given once and reported on its cost centre', () => withPeople((site) => {
  site.must(['cost-centre', 'add', '4711', 'Works']);
  refused(site.run(['cost-centre', 'add', '4711', 'Other']), 73, /4711/);
  site.must(['cost-centre', 'rename', '4711', 'The works']);
  const key = ['--key', 'allowance-key-0001'];
  refused(site.run(['allowance', 'give', '500', '--all']), 64, /last day/);
  refused(site.run(['allowance', 'give', '500', '--valid-to', '2099-12-31']), 64, /who gets it/i);
  const words = ['allowance', 'give', '500', 'EMP001', 'EMP002', '--valid-to', '2099-12-31', '--cost-centre', '4711', ...key];
  assert.match(site.must(words), /2 people got 500 \w+ each, 1000/);
  assert.match(site.must(words), /had got/);
  assert.match(site.must(['statement', 'EMP001']), /an allowance of 500$/m);
  const [run] = json(site, ['allowance', 'list']);
  assert.deepEqual([run.people, run.total, run.left], [2, 1000, 1000]);
  const report = JSON.parse(site.must(['report', 'subsidy', '--by', 'costCentre', '--json']));
  assert.equal(report.amount, 1000);
  assert.equal(report.rows[0].key, '4711');
  assert.match(site.must(['report', 'subsidy']), /Paid by the employer/);
  assert.match(site.must(['report', 'subsidy', '--by', 'rule', '--csv']), /^rule,id,bookings,meals,allowances,amount\r?\nallowance,0,2,0,1000,1000/);
  refused(site.run(['cost-centre', 'assign', '4711', 'Nowhere']), 64, /no department/);
  site.must(['cost-centre', 'assign', '4711', 'Engineering']);
  site.must(['allowance', 'give', '7', '--department', 'Engineering', '--valid-to', '2099-12-31']);
  const after = JSON.parse(site.must(['report', 'subsidy', '--by', 'costCentre', '--json']));
  assert.equal(after.rows.length, 1);
  assert.ok(after.amount > 1000 && after.amount % 7 === 1000 % 7);
  refused(site.run(['cost-centre', 'remove', '4711']), 64, /4711|works|move/i);
  assert.match(site.must(['verify']), /ok|proved|journals/i);
}));
