// SPDX-License-Identifier: MIT
// sbom.mjs - what the program is made of, as SPDX 2.3 JSON: the libraries of the distribution that it loads or
// holds, and the packages of the web UI that are inside it. Development tools are named too, as what they are.
//   node packaging/supply/sbom.mjs PROGRAM >FILE
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { linkedPackages } from './libraries.mjs';

const program = process.argv[2];
const facts = JSON.parse(execFileSync(program, ['version', '--json'], { encoding: 'utf8' }));
const lock = JSON.parse(readFileSync(new URL('../../web/package-lock.json', import.meta.url), 'utf8'));

// The time of the source, so that two builds of it give the same document.
function created() {
  const seconds = process.env.SOURCE_DATE_EPOCH
    ?? execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' }).trim();
  return new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

const idOf = (kind, name) => `SPDXRef-${kind}-${name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-/, '')}`;
const purl = (locator) => [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: locator }];

const own = {
  SPDXID: 'SPDXRef-Package-feastfrenzy', name: 'feastfrenzy', versionInfo: facts.version, downloadLocation: 'NOASSERTION',
  licenseConcluded: 'MIT', licenseDeclared: 'MIT', copyrightText: 'NOASSERTION', filesAnalyzed: false, primaryPackagePurpose: 'APPLICATION',
  comment: `build ${facts.build}, ${facts.compiler}, database schema ${facts.schema}`,
};

function ofDebian(p) {
  return {
    SPDXID: idOf('deb', p.name), name: p.name, versionInfo: p.version ?? 'unknown', downloadLocation: 'NOASSERTION',
    licenseConcluded: 'NOASSERTION', licenseDeclared: 'NOASSERTION', copyrightText: 'NOASSERTION', filesAnalyzed: false,
    supplier: p.version ? 'Organization: Debian' : 'NOASSERTION', primaryPackagePurpose: 'LIBRARY',
    sourceInfo: `${p.libraries.join(' ')}, of source package ${p.source}`,
    externalRefs: p.version ? purl(`pkg:deb/debian/${p.name}@${encodeURIComponent(p.version)}?arch=${p.architecture}`) : [],
  };
}

function ofNpm([where, p]) {
  const name = where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const [, digest] = /^sha512-(.+)$/.exec(p.integrity ?? '') ?? [];
  return {
    SPDXID: idOf('npm', name), name, versionInfo: p.version, downloadLocation: 'NOASSERTION',
    licenseConcluded: 'NOASSERTION', licenseDeclared: p.license ?? 'NOASSERTION', copyrightText: 'NOASSERTION', filesAnalyzed: false,
    checksums: digest ? [{ algorithm: 'SHA512', checksumValue: Buffer.from(digest, 'base64').toString('hex') }] : [],
    externalRefs: purl(`pkg:npm/${name.replace('@', '%40')}@${p.version}`),
  };
}

const linked = linkedPackages(program);
const debian = linked.map(ofDebian);
const inLock = Object.entries(lock.packages).filter(([where]) => where !== '');
const bundled = inLock.filter(([, p]) => !p.dev).map(ofNpm);
const tools = inLock.filter(([, p]) => p.dev && !p.optional).map(ofNpm);
const related = (from, relationshipType, to) => ({ spdxElementId: from, relationshipType, relatedSpdxElement: to });

process.stdout.write(`${JSON.stringify({
  spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT', name: `feastfrenzy-${facts.version}`,
  documentNamespace: `urn:feastfrenzy:sbom:${facts.version}:${facts.build}`,
  creationInfo: { created: created(), creators: ['Tool: feastfrenzy-sbom'] },
  packages: [own, ...debian, ...bundled, ...tools],
  relationships: [
    related('SPDXRef-DOCUMENT', 'DESCRIBES', own.SPDXID),
    ...linked.map((p) => related(own.SPDXID, p.isInside ? 'STATIC_LINK' : 'DYNAMIC_LINK', idOf('deb', p.name))),
    ...bundled.map((p) => related(own.SPDXID, 'CONTAINS', p.SPDXID)),
    ...tools.map((p) => related(p.SPDXID, 'BUILD_TOOL_OF', own.SPDXID)),
  ],
}, null, 1)}\n`);
