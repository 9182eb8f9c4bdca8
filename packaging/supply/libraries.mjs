// SPDX-License-Identifier: MIT
// libraries.mjs - the Debian packages whose libraries the built program loads or holds, asked of the loader, of the
// compiler and of dpkg.
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

const ask = (command, args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

// The package that owns a file. /lib is a link to /usr/lib now, but dpkg may know a file by its old place.
function ownerOf(file) {
  const real = realpathSync(file);
  for (const name of [real, real.replace(/^\/usr/, ''), file]) {
    try {
      return ask('dpkg-query', ['-S', name]).split(':')[0];
    } catch { /* known by another name */ }
  }
  return null;
}

// Libraries that the program holds when it does not load them, and the name of the loaded one.
const HELD = [['libsqlite3.a', /^libsqlite3\.so/]];

// [{name, version, architecture, source, isInside, libraries: [file name]}], by name; a library that belongs to no package
// has version null.
export function linkedPackages(program) {
  const found = new Map();
  const add = (library, file, isInside) => {
    const name = ownerOf(file) ?? library;
    if (!found.has(name)) found.set(name, { name, version: null, architecture: null, source: name, isInside, libraries: [], ...packageFacts(name) });
    found.get(name).libraries.push(library);
  };
  const loaded = [...ask('ldd', [program]).matchAll(/^\s*(\S+) => (\/\S+) \(/gm)];
  for (const [, library, file] of loaded) add(library, file, false);
  for (const [library, other] of HELD) {
    if (!loaded.some(([, name]) => other.test(name))) add(library, ask('cc', [`-print-file-name=${library}`]).trim(), true);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

// {version, architecture, source} of an installed package, {} when it is not installed.
export function packageFacts(name) {
  try {
    const [status, version, architecture, source] =
      ask('dpkg-query', ['-W', '-f', '${db:Status-Status}\t${Version}\t${Architecture}\t${source:Package}\n', name]).split('\n')[0].split('\t');
    return status === 'installed' ? { version, architecture, source } : {};
  } catch {
    return {};
  }
}

// True when Debian version a is at least b.
export function isAtLeast(a, b) {
  try {
    ask('dpkg', ['--compare-versions', a, 'ge', b]);
    return true;
  } catch {
    return false;
  }
}
