// SPDX-License-Identifier: MIT
// canteen.mjs - a small canteen made with the command line, for the fault and benchmark harnesses.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from '../lib/server.mjs';

// `people` employees (numbers P0001..., ids 1...) with `opening` minor units each, `products` at 100 + id, one admin.
export function makeCanteen(dir, { people = 8, products = 10, opening = 90000000, program } = {}) {
  const input = path.join(dir, 'in');
  mkdirSync(input);
  const number = (i) => `P${String(i + 1).padStart(4, '0')}`;
  writeFileSync(path.join(input, 'people.csv'), 'employeeNumber,name,email,department,monthlyLimit,openingBalance\n' +
    Array.from({ length: people }, (_, i) => `${number(i)},Person ${number(i)},,Works,,${opening}\n`).join(''));
  writeFileSync(path.join(input, 'products.csv'), 'name,price,category,description,available\n' +
    Array.from({ length: products }, (_, i) => `Dish number ${i + 1},${101 + i},food,,true\n`).join(''));
  const data = ['--data', path.join(dir, 'data')];
  const options = { program };
  const email = 'admin@canteen.example';
  const password = 'Canteen-Test-1';
  mustRun(['init', ...data, '--name', 'Test works', '--currency', 'HUF', '--decimals', '0', '--tz', 'Europe/Budapest'], options);
  mustRun(['import', 'products', path.join(input, 'products.csv'), ...data], options);
  mustRun(['import', 'employees', path.join(input, 'people.csv'), ...data], options);
  mustRun(['user', 'add', email, '--role', 'admin', '--password-stdin', ...data], { ...options, input: `${password}\n` });
  return { data, email, password, dir };
}
