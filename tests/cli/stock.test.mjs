// SPDX-License-Identifier: MIT
// stock.test.mjs - pieces on the shelf and portions of a day, as an operator counts them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { refused, withPeople, PRODUCTS } from './site.mjs';

const [first, second] = readFileSync(PRODUCTS, 'utf8').split('\n').slice(1, 3).map((line) => line.split(',')[0]);
const stock = (site, ...words) => site.must(['stock', ...words]);

test('a level is set up, moved and listed', () => withPeople((site) => {
  assert.equal(stock(site, 'list').trim(), 'none');
  refused(site.run(['stock', 'receive', first, '5']), 64, /not tracked/);
  assert.match(stock(site, 'set', first, 'shelf', 'low=5'), /shelf, 0 pieces, counted/);
  assert.match(stock(site, 'receive', first, '20', '--note', 'delivery 4711', '--key', 'the-same-key-4711'), /\+20, now 20/);
  assert.match(stock(site, 'receive', first, '20', '--note', 'delivery 4711', '--key', 'the-same-key-4711'), /done before.*now 20/);
  assert.match(stock(site, 'count', first, '18'), /-2, now 18/);
  refused(site.run(['stock', 'shrinkage', first, '3']), 64, /reason/);
  assert.match(stock(site, 'shrinkage', first, '13', '--reason', 'rotten'), /-13, now 5/);
  assert.match(stock(site, 'list', 'low'), new RegExp(`${first}.*shelf +5 +5 +low`));
  assert.match(stock(site, 'moves', first), /shrinkage +-13 +5 .*rotten[\s\S]*count +-2 +18[\s\S]*receive +20 +20 .*delivery 4711/);
  const out = path.join(site.dir, 'stock.csv');
  stock(site, 'list', '--csv', '--out', out);
  assert.match(readFileSync(out, 'utf8'), /^productId,product,category,kind,quantity,lowWater,low,availability\r\n/);
  assert.equal(JSON.parse(stock(site, 'list', '--json'))[0].quantity, 5);
  assert.match(site.must(['import', 'stock', site.file('count.csv', `product,kind,quantity,lowWater\n${first},,9,\n${second},portion,4,1\n`)]), /2 rows read, 2 added/);
  assert.match(stock(site, 'list'), new RegExp(`${second} +portion +4 +1 +ok`));
  stock(site, 'set', second, 'off');
  stock(site, 'set', first, 'off');
  assert.equal(stock(site, 'list').trim(), 'none');
  assert.equal(JSON.parse(site.must(['verify', '--json'])).ok, true);
}));

test('portions never fall below nothing, and are limited by the day', () => withPeople((site) => {
  stock(site, 'set', second, 'portion');
  refused(site.run(['stock', 'shrinkage', second, '1', '--reason', 'burnt']), 64, /sold out/);
  assert.match(stock(site, 'portions', second, '40', '2099-03-02'), /40 on 2099-03-02, 40 left/);
  assert.match(stock(site, 'portions', second, 'none', '2099-03-02'), /no limit/);
  refused(site.run(['stock', 'portions', second, '40', '2020-03-02']), 64, /over/);
  assert.match(stock(site, 'portions'), /Portions of \d{4}/);
  assert.deepEqual(JSON.parse(stock(site, 'portions', '--json')).portions, []);
}));

test('what is typed wrong is named', () => withPeople((site) => {
  refused(site.run(['stock', 'steal', first]), 64, /unknown action/);
  refused(site.run(['stock', 'receive', first]), 64, /takes PRODUCT PIECES/);
  refused(site.run(['stock', 'receive', 'Nothing like it', '5']), 64, /no product/);
  refused(site.run(['stock', 'receive', first, 'five']), 64, /no number of pieces/);
  refused(site.run(['stock', 'set', first, 'lukewarm']), 64, /no setting/);
  refused(site.run(['stock', 'portions', first, '5', 'tomorrow']), 64, /YYYY-MM-DD/);
}));
