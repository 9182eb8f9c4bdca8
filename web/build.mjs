// SPDX-License-Identifier: MIT
/* build.mjs - `node web/build.mjs --out DIR [--debug]`: the whole UI as files the server embeds.
 * DIR/index.html, sw.js, manifest.webmanifest, robots.txt, favicon.svg, assets/NAME-HASH.EXT and
 * meta.json (for budget.mjs; not to be served). The same input gives the same bytes. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const WEB = dirname(fileURLToPath(import.meta.url));
const COPIED = ['manifest.webmanifest', 'robots.txt', 'favicon.svg'];
const TARGET = ['chrome108', 'firefox115', 'safari16.4'];

const options = readArguments(process.argv.slice(2));
const meta = await bundle(options);
writeFileSync(join(options.out, 'meta.json'), `${JSON.stringify(meta, null, 1)}\n`);
const assets = readAssets(meta);
const page = indexHtml(assets);
writeFileSync(join(options.out, 'index.html'), page);
await serviceWorker(assets, page, options);
for (const name of COPIED) cpSync(join(WEB, name), join(options.out, name));

function readArguments(args) {
  const at = args.indexOf('--out');
  if (at < 0 || !args[at + 1]) {
    console.error('usage: node web/build.mjs --out DIR [--debug]');
    process.exit(64);
  }
  return { out: resolve(args[at + 1]), debug: args.includes('--debug') };
}

async function bundle({ out, debug }) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const result = await esbuild.build({
    absWorkingDir: WEB,
    entryPoints: { app: 'src/main.tsx', style: 'css/app.css' },
    outdir: join(out, 'assets'),
    publicPath: '/assets',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: !debug,
    sourcemap: debug,
    splitting: true,
    format: 'esm',
    target: TARGET,
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file' },
    metafile: true,
  });
  if (result.warnings.length) throw new Error('esbuild warned; warnings are errors');
  return { outputs: byOutput(result.metafile.outputs, out) };
}

/** The metafile with names relative to the output, so that it does not say where it was built. */
function byOutput(outputs, out) {
  const name = (file) => relative(out, resolve(WEB, file));
  return Object.fromEntries(
    Object.entries(outputs).map(([file, about]) => [
      name(file),
      { ...about, imports: about.imports.map((i) => ({ ...i, path: name(i.path) })) },
    ]),
  );
}

/** What the page needs by name: url -> the sources it came from. */
function readAssets(meta) {
  return Object.entries(meta.outputs)
    .filter(([file]) => !file.endsWith('.map'))
    .map(([file, about]) => ({
      url: `/${file}`,
      entry: about.entryPoint ?? '',
      imports: about.imports.filter((i) => i.kind === 'import-statement').map((i) => `/${i.path}`),
    }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
}

function urlOf(assets, match) {
  const found = assets.find(match);
  if (!found) throw new Error(`the bundle lacks a file: ${match}`);
  return found.url;
}

/** The entry, the kiosk's chunk and all they import: preloaded, so nothing waits for a parse. */
function kioskFiles(assets) {
  const files = new Set();
  const take = (url) => {
    if (files.has(url)) return;
    files.add(url);
    assets.find((a) => a.url === url)?.imports.forEach(take);
  };
  take(urlOf(assets, (a) => a.entry === 'src/main.tsx'));
  take(urlOf(assets, (a) => a.entry === 'src/kiosk/Kiosk.tsx'));
  return [...files];
}

function indexHtml(assets) {
  const entry = urlOf(assets, (a) => a.entry === 'src/main.tsx');
  const style = urlOf(assets, (a) => a.url.endsWith('.css'));
  const font = urlOf(assets, (a) => /figtree-latin-wght-.*\.woff2$/.test(a.url));
  const head = [
    `<link rel="stylesheet" href="${style}">`,
    `<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>`,
    ...kioskFiles(assets)
      .filter((url) => url !== entry)
      .map((url) => `<link rel="modulepreload" href="${url}">`),
    `<script type="module" src="${entry}"></script>`,
  ].join('\n');
  return readFileSync(join(WEB, 'index.html.in'), 'utf8').replace('@HEAD@', () => head);
}

async function serviceWorker(assets, page, { out, debug }) {
  const shell = assets.filter((a) => !a.url.includes('sw.js')).map((a) => a.url);
  const build = createHash('sha256').update(page).update(shell.join()).digest('hex').slice(0, 12);
  await esbuild.build({
    absWorkingDir: WEB,
    entryPoints: ['sw.ts'],
    outfile: join(out, 'sw.js'),
    bundle: true,
    minify: !debug,
    format: 'iife',
    target: TARGET,
    define: { SHELL: JSON.stringify(shell), BUILD: JSON.stringify(build) },
  });
}
