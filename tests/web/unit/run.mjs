// SPDX-License-Identifier: MIT
/* run.mjs - bundles each *.test.mjs with the sources it imports and runs them all under node:test.
 * Exits with the runner's code. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(HERE, '../../../web/package.json'));
const esbuild = require('esbuild');
process.env.FF_ROOT = join(HERE, '../../..');
const out = mkdtempSync(join(tmpdir(), 'ff-unit-'));

try {
  const tests = readdirSync(HERE).filter((name) => name.endsWith('.test.mjs')).sort();
  esbuild.buildSync({
    absWorkingDir: HERE,
    entryPoints: tests,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    nodePaths: [join(HERE, '../../../web/node_modules')],
    // Node 18 has the browser's crypto only as a module.
    banner: { js: "import { webcrypto } from 'node:crypto'; globalThis.crypto ??= webcrypto;" },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const files = tests.map((name) => join(out, name));
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], { stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
