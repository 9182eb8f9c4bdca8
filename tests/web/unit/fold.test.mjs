// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, initialsOf, letterOf } from '../../../web/src/app/fold';

test('accents and case do not matter when searching', () => {
  assert.equal(fold('GYÜMÖLCSLÉ'), 'gyumolcsle');
  assert.ok(fold('Tejeskávé').includes(fold('kave')));
});

test('names are filed under their plain first letter', () => {
  assert.equal(letterOf('Ágoston Éva'), 'A');
  assert.equal(letterOf('özil'), 'O');
});

test('initials of a dish read like the menu', () => {
  assert.equal(initialsOf('Túrós csusza'), 'Tc');
  assert.equal(initialsOf('Tea'), 'Te');
  assert.equal(initialsOf('Rántott csirkemell'), 'Rc');
  assert.equal(initialsOf(''), '?');
});
