// SPDX-License-Identifier: MIT
// audit.mjs - two questions before a release: do the installed libraries have a known defect that is neither mended nor
// excepted, and does the repository hold a secret? The table of defects is in packaging/doc/SECURITY.md; an exception
// there has a date, and from the day after it counts no more.
//   node packaging/supply/audit.mjs [--table FILE] [--today YYYY-MM-DD] [--files LIST]
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isAtLeast, packageFacts } from './libraries.mjs';

const root = new URL('../../', import.meta.url).pathname;
const { values } = parseArgs({ options: { table: { type: 'string' }, today: { type: 'string' }, files: { type: 'string' } } });
const today = values.today ?? new Date().toISOString().slice(0, 10);
const findings = [];

// ---- known defects ----

// Rows of the table below the heading: package, defect, fixed in, exposure, exception until.
function readTable(text) {
  const [, part] = /^## Known defects$([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text) ?? [];
  if (!part) throw new Error('there is no table of known defects');
  return part.split('\n').filter((line) => /^\| [a-z]/.test(line) && !line.startsWith('| package'))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
    .map(([name, defect, fixed, exposure, until]) => ({ name, defect, fixed, exposure, until }));
}

function judge(row) {
  const { version } = packageFacts(row.name);
  if (!version) return `${row.name} is not installed here`;
  if (row.fixed !== '-' && isAtLeast(version, row.fixed)) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(row.until) && row.until >= today && row.exposure) return null;
  const why = row.until === '-' ? 'no exception' : `the exception ended on ${row.until}`;
  findings.push(`${row.name} ${version}: ${row.defect} (fixed in ${row.fixed}; ${why})`);
  return null;
}

const rows = readTable(readFileSync(values.table ?? `${root}packaging/doc/SECURITY.md`, 'utf8'));
const skipped = rows.map(judge).filter(Boolean);

// ---- secrets ----

const DEMO = /\b(Admin|Manager|Employee)123!/g; // printed by `feastfrenzy demo`, refused everywhere else
const EVERYWHERE = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[\s\S]{40}/],
  ['a key of a cloud', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abprs]-[A-Za-z0-9-]{20,}|\bglpat-[A-Za-z0-9_-]{20}\b/],
];
// Tests invent passwords and tokens all day; what ships must not hold one.
const SHIPPED = [
  ['a token', /\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ['a password', /(?:password|passwd|secret|api_?key|token)["']?\s*[:=]\s*["'](?=[^"']*\d)[^"'\s${}<>%]{8,}["']/i],
  ['a password', /:\/\/[^\s/:@"'<>]+:[^\s/@"'<>${}]+@/],
];
const isTest = (file) => /^(tests|web\/test)\//.test(file);

function look(file) {
  const text = readFileSync(`${file.startsWith('/') ? '' : root}${file}`, 'latin1').replace(DEMO, 'demo');
  for (const [what, pattern] of [...EVERYWHERE, ...(isTest(file) ? [] : SHIPPED)]) {
    const found = pattern.exec(text);
    if (found) findings.push(`${file}:${text.slice(0, found.index).split('\n').length}: ${what}`);
  }
}

const files = values.files ? values.files.split(',')
  : execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0')
    .filter((name) => name && !/\.(png|webp|woff2?|ico|db)$|package-lock\.json$|^tests\/fuzz\/corpus\//.test(name));
files.forEach(look);

for (const line of skipped) console.log(`skipped: ${line}`);
for (const line of findings) console.log(`FAIL ${line}`);
console.log(`audit: ${rows.length} defects and ${files.length} files looked at, ${findings.length} findings`);
process.exit(findings.length ? 1 : 0);
