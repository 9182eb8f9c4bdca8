// SPDX-License-Identifier: MIT
// limits.test.mjs - groups of customers and what people may spend, set by the operator.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refused, withPeople } from './site.mjs';

const json = (site, words) => JSON.parse(site.must([...words, '--json']));
const person = (site, number) => json(site, ['employee', 'list']).find((one) => one.number === number);

test('a group is made, changed, given to a person and removed', () => withPeople((site) => {
  site.must(['group', 'add', 'Trainees', '--overdraft', '2000']);
  refused(site.run(['group', 'add', 'TRAINEES']), 73, /already/);
  refused(site.run(['group', 'add', 'Guests', '--overdraft', '20,00']), 64, /no amount/);
  assert.match(site.must(['group', 'list']), /Trainees +2000/);
  site.must(['group', 'rename', 'Trainees', 'Apprentices']);
  site.must(['group', 'set', 'Apprentices', '--overdraft', 'none']);
  assert.equal(json(site, ['group', 'list'])[0].overdraft, null);
  refused(site.run(['group', 'set', 'Apprentices']), 64, /nothing was given/);
  site.must(['employee', 'set', 'EMP001', '--group', 'apprentices']);
  assert.equal(person(site, 'EMP001').group, 'Apprentices');
  refused(site.run(['group', 'remove', 'Apprentices']), 64, /move them first/);
  refused(site.run(['employee', 'set', 'EMP001', '--group', 'Nobody']), 64, /group/);
  site.must(['employee', 'set', 'EMP001', '--daily-limit', '1500', '--overdraft', '300']);
  assert.deepEqual([person(site, 'EMP001').dailyLimit, person(site, 'EMP001').overdraft], [1500, 300]);
  refused(site.run(['employee', 'set', 'EMP001', '--daily-limit', '-1']), 64, /no amount/);
  site.must(['employee', 'set', 'EMP001', '--group', 'none', '--daily-limit', 'none']);
  assert.equal(person(site, 'EMP001').dailyLimit, null);
  assert.equal(person(site, 'EMP001').group, null);
  site.must(['group', 'remove', 'Apprentices']);
  refused(site.run(['group', 'remove', 'Apprentices']), 64, /no group/);
}));

test('people are blocked, kept from products and let buy again', () => withPeople((site) => {
  refused(site.run(['limits', 'block', 'EMP001']), 64, /reason/);
  site.must(['limits', 'block', 'EMP001', '--reason', 'card was lost']);
  assert.deepEqual([person(site, 'EMP001').blocked, person(site, 'EMP001').blockedReason], [true, 'card was lost']);
  site.must(['limits', 'unblock', 'EMP001']);
  assert.equal(person(site, 'EMP001').blocked, false);
  const product = json(site, ['product', 'list'])[0];
  site.must(['limits', 'ban', 'EMP001', String(product.id), '--reason', 'wishes it']);
  site.must(['limits', 'ban', 'EMP001', 'category:snack', '--reason', 'wishes it']);
  refused(site.run(['limits', 'ban', 'EMP001', 'category:drugs', '--reason', 'wishes it']), 64, /no category/);
  const bans = json(site, ['limits', 'bans', 'EMP001']);
  assert.deepEqual(bans.map((ban) => ban.product ?? ban.category), [product.name, 'snack']);
  site.must(['limits', 'unban', 'EMP001', String(bans[0].id)]);
  assert.equal(json(site, ['limits', 'bans', 'EMP001']).length, 1);
  site.must(['limits', 'cap', product.name, '2', 'none']);
  refused(site.run(['limits', 'cap', product.name, 'many']), 64);
  refused(site.run(['limits', 'cap', product.name, '100']), 64);
}));

test('what is left today is shown', () => withPeople((site) => {
  site.must(['employee', 'set', 'EMP001', '--daily-limit', '1500']);
  assert.match(site.must(['limits', 'show', 'EMP001']), /left today +1500/);
  assert.equal(json(site, ['limits', 'show', 'EMP001']).leftToday, 1500);
}));
