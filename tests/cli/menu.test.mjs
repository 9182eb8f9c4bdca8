// SPDX-License-Identifier: MIT
// menu.test.mjs - serving windows and the menu's calendar, as an operator plans a week.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { refused, withPeople, PRODUCTS } from './site.mjs';

const [first, second] = readFileSync(PRODUCTS, 'utf8').split('\n').slice(1, 3).map((line) => line.split(',')[0]);
const WEEK = ['--from', '2099-03-02', '--before', '2099-03-09'];

test('a week is planned, shown, copied and taken out again', () => withPeople((site) => {
  site.must(['window', 'add', 'Lunch', '11:30', '14:00']);
  site.must(['window', 'add', 'Breakfast', '07:00', '09:00', 'weekdays']);
  site.must(['window', 'set', 'Lunch', 'to=14:30']);
  assert.match(site.must(['window', 'list']), /Breakfast +07:00 {2}09:00 {2}mon tue wed thu fri\nLunch +11:30 {2}14:30 {2}mon .*sun/);
  const shown = site.must(['menu', 'set', '2099-03-02', `Lunch:${first}:40`, `Breakfast:${second}`]);
  assert.match(shown, new RegExp(`2099-03-02\\n {2}07:00-09:00 Breakfast\\n {4}${second} .*\\n {2}11:30-14:30 Lunch\\n {4}${first} .*40 of 40 left`));
  assert.match(site.must(['menu', 'copy', '2099-03-02', '2099-03-09']), /2099-03-09[\s\S]*40 of 40 left/);
  const file = path.join(site.dir, 'week.csv');
  site.must(['menu', 'show', ...WEEK, '--csv', '--out', file]);
  assert.equal(readFileSync(file, 'utf8'), `date,window,product,portions\r\n2099-03-02,Breakfast,${second},\r\n2099-03-02,Lunch,${first},40\r\n`);
  assert.match(site.must(['report', 'production', '--from', '2099-03-02']), new RegExp(`Lunch +${first} +40 +40 +0 +0 +0`));
  assert.match(site.must(['report', 'production', '--from', '2099-03-02', '--csv']), /^date,window,product,planned,left,sold,undone,refunded\r\n/);
  site.must(['menu', 'set', '2099-03-02']);
  assert.match(site.must(['menu', 'show', ...WEEK]), /No menu from 2099-03-02/);
  assert.match(site.must(['import', 'menu', file, '--dry-run']), /2 would be added/);
  assert.match(site.must(['menu', 'show', ...WEEK]), /No menu/);
  site.must(['import', 'menu', file]);
  assert.equal(JSON.parse(site.must(['menu', 'show', ...WEEK, '--json'])).days[0].windows.length, 2);
  refused(site.run(['window', 'remove', 'Lunch']), 64, /use/);
}));

test('what is planned wrong is named', () => withPeople((site) => {
  site.must(['window', 'add', 'Lunch', '11:30', '14:00']);
  refused(site.run(['window', 'add', 'Dinner', '18:00', '17:00']), 64, /ends after it begins/);
  refused(site.run(['window', 'set', 'Lunch', 'colour=red']), 64, /no setting/);
  refused(site.run(['window', 'remove', 'Supper']), 64, /no window "Supper"/);
  refused(site.run(['menu', 'set', 'tomorrow', `Lunch:${first}`]), 64, /no date/);
  refused(site.run(['menu', 'set', '2099-03-02', first]), 64, /names no product of a window/);
  refused(site.run(['menu', 'set', '2099-03-02', `Supper:${first}`]), 64, /no window/);
  refused(site.run(['menu', 'copy', '2099-03-02', '2099-03-03']), 64, /same day of another week/);
  const bad = site.file('bad.csv', 'date,window,product,portions\n2099-03-02,Lunch,Caviar,\n');
  refused(site.run(['import', 'menu', bad]), 65, /line 2, product/);
}));
