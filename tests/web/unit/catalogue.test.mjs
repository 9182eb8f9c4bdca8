// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { de } from '../../../web/i18n/de';
import { en } from '../../../web/i18n/en';
import { hu } from '../../../web/i18n/hu';
import { office as officeDe } from '../../../web/i18n/office/de';
import { office as officeEn } from '../../../web/i18n/office/en';
import { office as officeHu } from '../../../web/i18n/office/hu';
import { render, tError } from '../../../web/src/app/i18n';

/** key -> text, plurals and sections unfolded. */
function flat(tree, prefix = '') {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

const names = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const all = { en: { ...en, office: officeEn }, hu: { ...hu, office: officeHu }, de: { ...de, office: officeDe } };
const base = new Map(flat(all.en));

for (const [lang, catalogue] of Object.entries({ hu: all.hu, de: all.de })) {
  test(`${lang} has every key and no other`, () => {
    assert.deepEqual(
      flat(catalogue).map(([key]) => key),
      [...base.keys()],
    );
  });

  test(`${lang} fills in the same names as English`, () => {
    for (const [key, text] of flat(catalogue)) assert.deepEqual(names(text), names(base.get(key)), key);
  });

  test(`${lang} is translated`, () => {
    const same = flat(catalogue).filter(([key, text]) => text === base.get(key) && text.length > 12);
    assert.deepEqual(same, []);
  });
}

test('every error the server can name has words, and no other', () => {
  const table = readFileSync(join(process.env.FF_ROOT, 'src/base/err.h'), 'utf8');
  const codes = [...table.matchAll(/X\(FF_\w+,\s*"([A-Z_]+)"/g)].map((m) => `ERR_${m[1]}`);
  assert.ok(codes.length > 30);
  assert.deepEqual([...Object.keys(en.errors), ...Object.keys(officeEn)].sort(), codes.sort());
});

test('a rare refusal has its own words as soon as they are here', async () => {
  assert.equal(tError('ERR_TILL_CLOSED', {}), en.errors.ERR_INTERNAL);
  await import('../../../web/i18n/office/en');
  await new Promise((done) => setImmediate(done));
  assert.equal(tError('ERR_TILL_CLOSED', {}), officeEn.ERR_TILL_CLOSED);
  assert.equal(tError('ERR_OF_ANOTHER_TIME', {}), en.errors.ERR_INTERNAL);
});

test('no text is empty or has stray spaces', () => {
  for (const catalogue of Object.values(all)) {
    for (const [key, text] of flat(catalogue)) {
      assert.ok(text.trim() === text && text !== '', key);
      assert.ok(!text.includes('  '), key);
    }
  }
});

test('plurals follow the language', () => {
  assert.equal(render(en.showTray, { n: 1 }, 'en'), 'Show your tray, 1 item');
  assert.equal(render(en.showTray, { n: 0 }, 'en'), 'Show your tray, 0 items');
  assert.equal(render(de.stillText, { n: 1 }, 'de'), 'Sie werden in 1 Sekunde abgemeldet.');
  assert.equal(render(de.stillText, { n: 7 }, 'de'), 'Sie werden in 7 Sekunden abgemeldet.');
  assert.equal(render(hu.stillText, { n: 3 }, 'hu'), '3 másodperc múlva kijelentkeztetjük.');
});

test('names are filled in, unknown ones stay readable', () => {
  assert.equal(render('Hi, {name}', { name: 'Anna' }, 'en'), 'Hi, Anna');
  assert.equal(render('{a} of {b}', { a: 1 }, 'en'), '1 of {b}');
  assert.equal(render('Hi, {name}', { name: '{n}' }, 'en'), 'Hi, {n}');
});

test('the words the tests of the whole rely on', () => {
  assert.equal(en.purchaseOk, 'Purchase successful');
  assert.equal(render(en.enjoy, { name: 'Anna' }, 'en'), 'Enjoy, Anna!');
});
