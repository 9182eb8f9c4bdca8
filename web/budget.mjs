// SPDX-License-Identifier: MIT
/* budget.mjs - `node web/budget.mjs DIR`: prints what a build weighs over the wire and exits 1 when
 * a budget is broken. */
import { readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const KB = 1024;
const out = resolve(process.argv[2] ?? 'build/web');
const meta = JSON.parse(readFileSync(join(out, 'meta.json'), 'utf8'));

const files = Object.entries(meta.outputs)
  .filter(([file]) => !file.endsWith('.map'))
  .map(([file, about]) => weigh(join(out, file), about));
const page = weigh(join(out, 'index.html'), { imports: [] });

const kiosk = reach(['src/main.tsx', 'src/kiosk/Kiosk.tsx']);
const account = reach(['src/main.tsx', 'src/me/Products.tsx', 'src/me/Login.tsx']).filter((f) => !kiosk.includes(f));
const first = [page, ...kiosk, ...files.filter((f) => f.path.endsWith('.css'))];
const scripts = files.filter((f) => f.path.endsWith('.js'));

const budgets = [
  ['kiosk, first load (brotli)', sum(first, 'br'), 36 * KB],
  ['kiosk, first load (gzip)', sum(first, 'gz'), 40 * KB],
  ['account chunks (gzip)', sum(account, 'gz'), 10 * KB],
  ['all scripts (gzip)', sum(scripts, 'gz'), 130 * KB],
  ['font latin', sizeOf(/figtree-latin-wght/), 21 * KB],
  ['font latin-ext', sizeOf(/figtree-latin-ext/), 11 * KB],
];

for (const f of [page, ...files]) {
  console.log(`${String(f.raw).padStart(8)} raw ${String(f.gz).padStart(7)} gz ${String(f.br).padStart(7)} br  ${basename(f.path)}`);
}
let broken = 0;
for (const [name, size, limit] of budgets) {
  const over = size > limit;
  broken += over;
  console.log(`${over ? 'OVER' : 'ok  '} ${name}: ${size} of ${limit}`);
}
process.exit(broken ? 1 : 0);

function weigh(path, about) {
  const bytes = readFileSync(path);
  const isFont = path.endsWith('.woff2');
  return {
    path,
    entry: about.entryPoint ?? '',
    imports: about.imports.filter((i) => i.kind === 'import-statement').map((i) => join(out, i.path)),
    raw: bytes.length,
    gz: isFont ? bytes.length : gzipSync(bytes, { level: 9 }).length,
    br: isFont ? bytes.length : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  };
}

function reach(entries) {
  const seen = new Set();
  const visit = (f) => {
    if (!f || seen.has(f)) return;
    seen.add(f);
    f.imports.forEach((path) => visit(files.find((g) => g.path === path)));
  };
  entries.forEach((entry) => visit(files.find((f) => f.entry === entry)));
  return [...seen];
}

function sum(list, field) {
  return list.reduce((total, f) => total + f[field], 0);
}

function sizeOf(pattern) {
  const font = files.find((f) => pattern.test(relative(out, f.path)));
  return font ? font.raw : Infinity;
}
