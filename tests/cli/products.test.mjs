// SPDX-License-Identifier: MIT
// products.test.mjs - the menu from the command line: added, changed, sold out, scanned, archived.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mustRun, run } from '../lib/server.mjs';
import { refused, withSite } from './site.mjs';

test('a product is added, changed, shown and archived by name', () => withSite((site) => {
  assert.match(site.must(['product', 'list']), /none/);
  assert.match(site.must(['product', 'add', 'Lentil soup', '690', 'food', 'tax=7', 'description=with lemon']), /Lentil soup \(1\): 690 HUF, food/);
  assert.match(site.must(['product', 'set', 'Lentil soup', 'price=720', 'tax=8.875']), /720 HUF/);
  const shown = site.must(['product', 'show', '1']);
  assert.match(shown, /price +720 HUF, tax 8\.875 %/);
  assert.match(shown, /with lemon/);
  assert.equal(JSON.parse(site.must(['product', 'show', 'Lentil soup', '--json'])).taxRatePpm, 88750);
  assert.match(site.must(['product', 'archive', 'Lentil soup']), /off the menu/);
  refused(site.run(['product', 'show', 'Lentil soup']), 64, /no product/);
  assert.match(site.must(['product', 'show', '1']), /archived/);
  site.must(['product', 'add', 'Lentil soup', '750', 'food']);
  refused(site.run(['product', 'set', '1', 'archived=no']), 73, /in use/);
  refused(site.run(['product', 'set', '2', 'prize=1']), 64, /FIELD=VALUE/);
  refused(site.run(['product', 'set', '2', 'price=7.5']), 64, /price/);
  refused(site.run(['product', 'set', '2', 'tax=101']), 64, /percent/);
  refused(site.run(['product', 'set', '2', 'available=maybe']), 64, /yes or no/);
  refused(site.run(['product', 'add', 'X', '750', 'food']), 64, /name/);
}));

test('sold out is one word, and so is its end', () => withSite((site) => {
  site.must(['product', 'add', 'Stew', '990', 'food']);
  assert.match(site.must(['product', 'sold-out', 'Stew']), /is sold out/);
  assert.match(site.must(['product', 'list']), /Stew +990 +food +no/);
  assert.match(site.must(['product', 'sold-out', 'Stew', 'no']), /on sale/);
  assert.match(site.must(['product', 'show', 'Stew']), /on sale/);
  refused(site.run(['product', 'sold-out', 'Stew', 'perhaps']), 64, /yes nor no/);
}));

test('barcodes are added, scanned and removed', () => withSite((site) => {
  site.must(['product', 'add', 'Cola', '450', 'beverage']);
  assert.match(site.must(['product', 'barcode', 'Cola']), /none/);
  site.must(['product', 'barcode', 'Cola', 'add', '5901234123457']);
  site.must(['product', 'barcode', 'Cola', 'add', 'C33']);
  assert.match(site.must(['product', 'show', '5901234123457']), /barcodes +5901234123457 C33/);
  refused(site.run(['product', 'barcode', 'Cola', 'add', '5901234123458']), 64, /check digit/);
  refused(site.run(['product', 'barcode', 'Cola', '5901234123457']), 64, /add or remove/);
  site.must(['product', 'barcode', 'C33', 'remove', 'C33']);
  assert.doesNotMatch(site.must(['product', 'barcode', 'Cola']), /C33/);
}));

test('a file that was exported, edited and imported again says what it changes', () => withSite((site) => {
  site.must(['product', 'add', 'Soup', '890', 'food', 'tax=7', 'allergens=celery,milk']);
  site.must(['product', 'add', 'Tea', '250', 'beverage']);
  const edited = site.must(['export', 'products']).replace('Soup,890', 'Soup,920') + 'Cake,410,snack,,true,,,,,,,\r\n';
  const file = site.file('menu.csv', edited);
  refused(site.run(['import', 'products', file]), 65, /bad rows|imported/);
  const preview = site.must(['import', 'products', file, '--update', '--dry-run']);
  assert.match(preview, /1 would be changed, 1 the same/);
  assert.match(preview, /line 2: Soup: price 890 -> 920/);
  assert.match(preview, /line 4: Cake is new/);
  assert.match(site.must(['product', 'show', 'Soup']), /price +890/);
  assert.match(site.must(['import', 'products', file, '--update']), /1 changed, 1 the same/);
  assert.match(site.must(['product', 'show', 'Soup']), /price +920 HUF, tax 7 %/);
  const again = site.file('again.csv', site.must(['export', 'products']));
  assert.match(site.must(['import', 'products', again, '--update']), /0 changed, 3 the same/);
}));

test('a price is set, planned, cancelled; many are changed after a look', () => withSite((site) => {
  site.must(['product', 'add', 'Cola', '300', 'beverage']);
  site.must(['product', 'add', 'Soup', '690', 'food']);
  assert.match(site.must(['product', 'price', 'Cola', '320']), /Cola costs 320 HUF now/);
  assert.match(site.must(['product', 'price', 'Cola']), /320 +no[^]*300 +no/);
  const day = new Date(Date.now() + 9 * 86400000).toISOString().slice(0, 10);
  assert.match(site.must(['product', 'price', 'Cola', '350', '--from', day]), new RegExp(`350 HUF from ${day}`));
  refused(site.run(['product', 'price', 'Cola', '360', '--from', day]), 73, /planned/);
  refused(site.run(['product', 'price', 'Cola', '360', '--from', '2020-01-01']), 64, /today/);
  const [planned] = JSON.parse(site.must(['product', 'price', 'Cola', '--json']));
  assert.deepEqual([planned.price, planned.planned, planned.validFrom], [350, true, day]);
  site.must(['product', 'price', 'Cola', 'cancel', String(planned.id)]);
  refused(site.run(['product', 'price', 'Cola', 'cancel', String(planned.id)]), 64, /no such/);
  refused(site.run(['product', 'price', 'Cola', 'cheap']), 64, /no price/);
  assert.match(site.must(['product', 'reprice', '5%', '--round-to', '10', '--dry-run']), /Cola +320 -> 340[^]*Soup +690 -> 720\n2 prices would change, 0 stay/);
  assert.match(mustRun([...site.args, 'product', 'reprice', '--category', 'food', '--', '-40']), /Soup +690 -> 650\n1 price changed, 0 stay/);
  refused(site.run(['product', 'reprice', '5%', '--category', 'drinks']), 64, /no category/);
  refused(site.run(['product', 'reprice', 'a bit']), 64, /neither percent/);
  refused(run([...site.args, 'product', 'reprice', '--', '-400']), 64, /Cola|bounds/);
  assert.match(site.must(['product', 'price', 'Cola']), /^[^]*320 +no/);
}));

test('a picture is given from a file and taken away', () => withSite((site) => {
  site.must(['product', 'add', 'Soup', '690', 'food']);
  const webp = path.join(site.dir, 'soup.webp');
  writeFileSync(webp, Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64'));
  assert.match(site.must(['product', 'image', 'Soup', webp]), /new picture/);
  assert.match(JSON.parse(site.must(['product', 'show', 'Soup', '--json'])).imageUrl, /^\/api\/v1\/images\/8ef9ba02/);
  refused(site.run(['product', 'image', 'Soup', site.file('no.webp', 'no picture')]), 64, /WebP/);
  refused(site.run(['product', 'image', 'Soup', site.file('large.webp', 'x'.repeat(300000))]), 65);
  assert.match(site.must(['product', 'image', 'Soup', 'none']), /no picture/);
  refused(site.run(['product', 'image', 'Soup', 'none']), 64, /no picture/);
}));
