// SPDX-License-Identifier: MIT
// site.mjs - what the tests of the command line start from: a private directory, a small canteen, and the three lines
// that every refusal must have.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun, remove, run, tempDir } from '../lib/server.mjs';

export const DATA = new URL('../golden/data/', import.meta.url).pathname;
export const PRODUCTS = path.join(DATA, 'products.csv');
// The same menu as it comes out again: with the columns that the file leaves to their defaults.
export const menuOut = () => readFileSync(PRODUCTS, 'utf8')
  .replace(/\r\n/g, ',0,,,,,false,\r\n').replace(/^(.*),0,,,,,false,/, '$1,taxPercent,allergens,diets,emoji,glaze,menuOnly,barcodes');
export const EMPLOYEES = path.join(DATA, 'employees.csv');

// Nothing of the machine's own settings may reach the program under test.
for (const name of Object.keys(process.env)) if (name.startsWith('FEASTFRENZY_')) delete process.env[name];

// Runs `work` with {dir, data, args, run, must}; args are ['--data', ...].
export async function withDir(work) {
  const dir = tempDir('ff-cli-');
  const data = path.join(dir, 'data');
  const args = ['--data', data];
  const site = {
    dir, data, args,
    run: (words, options) => run([...words, ...args], options),
    must: (words, options) => mustRun([...words, ...args], options),
    file(name, text) { const file = path.join(dir, name); writeFileSync(file, text); return file; },
  };
  try { await work(site); } finally { remove(dir); }
}

export const INIT = ['init', '--name', 'Works canteen', '--currency', 'HUF', '--decimals', '0', '--tz', 'Europe/Budapest'];

// What tests start from is made once a file, and copied: {key: data directory}.
const made = new Map();
process.on('exit', () => { for (const dir of made.values()) remove(path.dirname(dir)); });

function startFrom(key, steps, work) {
  return withDir(async (site) => {
    if (!made.has(key)) {
      const data = path.join(tempDir('ff-made-'), 'data');
      made.set(key, data);
      for (const step of steps) mustRun([...step, '--data', data]);
    }
    cpSync(made.get(key), site.data, { recursive: true });
    await work(site);
  });
}

export const withSite = (work) => startFrom('site', [INIT], work);

export const withPeople = (work) =>
  startFrom('people', [INIT, ['import', 'products', PRODUCTS], ['import', 'employees', EMPLOYEES]], work);

// A refusal: the code, nothing on standard output unless allowed, one line that says what happened, no internals.
export function refused(result, code, text) {
  assert.equal(result.code, code, `${result.out}${result.err}`);
  const line = /^feastfrenzy: (.+)$/m.exec(result.err);
  assert.ok(line, `says what happened:\n${result.err}`);
  assert.doesNotMatch(result.err, /sqlite|SQLITE|errno|assert|\(nil\)/i);
  if (text) assert.match(result.err, text);
  return result;
}
