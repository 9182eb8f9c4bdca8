// SPDX-License-Identifier: MIT
// supply.test.mjs - the bill of materials names what the program loads and holds, and the audit finds what is planted.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { PROGRAM } from '../lib/server.mjs';
import { withDir } from './site.mjs';

const SUPPLY = new URL('../../packaging/supply/', import.meta.url).pathname;
const node = (script, ...args) => {
  const r = spawnSync(process.execPath, [SUPPLY + script, ...args], { encoding: 'utf8' });
  return { code: r.status, out: r.stdout, err: r.stderr };
};
// Another distribution has no dpkg to ask.
const skip = spawnSync('dpkg-query', ['--version']).status !== 0;

test('the bill names every library that is loaded, and every package inside the UI', { skip }, () => {
  const text = node('sbom.mjs', PROGRAM).out;
  const bill = JSON.parse(text);
  assert.deepEqual([bill.spdxVersion, bill.dataLicense, bill.SPDXID], ['SPDX-2.3', 'CC0-1.0', 'SPDXRef-DOCUMENT']);
  assert.match(bill.creationInfo.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const needed = [...execFileSync('readelf', ['-d', PROGRAM], { encoding: 'utf8' }).matchAll(/NEEDED.*\[(.+?)\]/g)].map((m) => m[1]);
  assert.ok(needed.length >= 6);
  for (const library of needed.filter((name) => !name.startsWith('ld-'))) {
    const p = bill.packages.find((q) => q.sourceInfo?.split(/[ ,]+/).includes(library));
    assert.ok(p, `${library} is in the bill`);
    assert.match(p.versionInfo, /^\d/);
    assert.match(p.externalRefs[0].referenceLocator, /^pkg:deb\/debian\/[a-z0-9.+-]+@\d/);
  }
  const held = bill.relationships.filter((r) => r.relationshipType === 'STATIC_LINK').map((r) => r.relatedSpdxElement);
  const engine = bill.packages.find((p) => p.sourceInfo?.startsWith('libsqlite3.'));
  assert.equal(held.includes(engine.SPDXID), !needed.some((name) => name.startsWith('libsqlite3')), 'the engine is loaded or inside');
  assert.ok(engine.versionInfo.startsWith(JSON.parse(execFileSync(PROGRAM, ['version', '--json'], { encoding: 'utf8' })).libraries.sqlite));
  const inside = bill.relationships.filter((r) => r.relationshipType === 'CONTAINS').map((r) => r.relatedSpdxElement);
  const names = bill.packages.filter((p) => inside.includes(p.SPDXID)).map((p) => p.name);
  assert.ok(names.includes('preact') && !names.includes('typescript'), names.join());
  const ids = bill.packages.map((p) => p.SPDXID);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
  for (const r of bill.relationships) assert.ok([...ids, 'SPDXRef-DOCUMENT'].includes(r.relatedSpdxElement));
  assert.doesNotMatch(text, /https?:/);
  assert.equal(node('sbom.mjs', PROGRAM).out, text, 'twice the same');
});

const table = (site, ...rows) => site.file('table.md', `# x\n\n## Known defects\n\n| package | defect | fixed in | exposure | until |\n| --- |\n${
  rows.map((r) => `| ${r.join(' | ')} |\n`).join('')}\n## Next\n| libc6 | not of the table | - | - | - |\n`);
const audit = (file, today, files = SUPPLY + 'audit.mjs') => node('audit.mjs', '--table', file, '--today', today, '--files', files);

test('a defect passes when mended or excepted, and fails from the day after', { skip }, () => withDir((site) => {
  const mended = table(site, ['libc6', 'old one', '2.0', '-', '-'], ['no-such-package', 'any', '-', '-', '-']);
  assert.equal(audit(mended, '2026-11-26').code, 0);
  const open = table(site, ['libc6', 'new one', '999.0', 'not reached', '2026-11-30']);
  assert.equal(audit(open, '2026-11-30').code, 0);
  const late = audit(open, '2026-12-01');
  assert.equal(late.code, 1);
  assert.match(late.out, /^FAIL libc6 \S+: new one \(fixed in 999\.0; the exception ended on 2026-11-30\)$/m);
  assert.equal(audit(table(site, ['libc6', 'unmended', '-', 'hopeful', '-']), '2026-11-26').code, 1);
  assert.notEqual(audit(site.file('none.md', '# nothing\n'), '2026-11-26').code, 0);
}));

test('planted secrets are found; the demo\'s own and talk of passwords are not', { skip }, () => withDir((site) => {
  const none = table(site);
  const at = (text) => audit(none, '2026-11-26', site.file('planted.txt', text));
  const bad = [
    `-----BEGIN PRIVATE ${'KEY'}-----\n${'MIIE'.repeat(20)}\n`,
    `aws = ${'AKIA'}ABCDEFGHIJKLMNOP\n`,
    `auth: ${'eyJ'}hbGciOiJIUzI1NiIsInR5.${'eyJ'}zdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijklmnopqrstuv\n`,
    'x\npassword = "correct-horse-7"\n',
    "const apiKey = { secret: 'q9w8e7r6t5y4' };\n",
    'url = https://anna:geheim77@canteen.example/\n',
  ];
  for (const text of bad) assert.equal(at(text).code, 1, text);
  assert.match(at(bad[3]).out, /planted\.txt:2: a password/);
  for (const text of ['password: "Admin123!"\n', 'A password is 8 characters.\n', 'token: "${token}"\n', "passwordWrong: 'Falsches'\n"])
    assert.equal(at(text).code, 0, text);
}));
