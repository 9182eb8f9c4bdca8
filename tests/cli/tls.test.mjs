// SPDX-License-Identifier: MIT
// tls.test.mjs - TLS in the program itself: making a certificate, what refuses the start, what is offered and what is
// not, a certificate that changes under a running server, and what follows from TLS in the replies.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import tls from 'node:tls';
import { Client, start } from '../lib/server.mjs';
import { refused, withSite } from './site.mjs';

const files = (site) => ({ cert: path.join(site.data, 'tls/cert.pem'), key: path.join(site.data, 'tls/key.pem') });
const openssl = (args, input = '') => spawnSync('openssl', args, { encoding: 'utf8', input });

// A server with TLS; `tlsPort` is in its log.
async function serve(site, ...extra) {
  const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--tls-listen', '127.0.0.1:0', ...extra]);
  for (let i = 0; i < 1000 && !/https:\/\/[^:"]+:\d+/.test(server.log()); i += 1) await new Promise(setImmediate);
  server.tlsPort = Number(/https:\/\/[^:"]+:(\d+)/.exec(server.log())[1]);
  return server;
}

function withTls(work) {
  return withSite(async (site) => {
    site.must(['tls', 'self-signed', '--host', 'canteen.example']);
    const server = await serve(site, '--host', 'canteen.example');
    try { await work(site, server); } finally { await server.stop(); }
  });
}

const ask = (port, target, { method = 'GET', headers = {}, body } = {}) => new Promise((resolve, reject) => {
  const rq = https.request({ host: '127.0.0.1', port, path: target, method, rejectUnauthorized: false, agent: false,
    headers: { ...headers, ...(body ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) } : {}) } }, (rs) => {
    let text = '';
    rs.on('data', (c) => { text += c; });
    rs.on('end', () => resolve({ status: rs.statusCode, headers: rs.headers, body: text }));
  });
  rq.on('error', reject);
  rq.end(body);
});

// The certificate that a handshake shows, and what was agreed on.
const shake = (port, options = {}) => new Promise((resolve, reject) => {
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
    const shown = socket.getPeerX509Certificate();
    resolve({ fingerprint: shown.fingerprint256, protocol: socket.getProtocol(), cipher: socket.getCipher().standardName, alpn: socket.alpnProtocol });
    socket.destroy();
  });
  socket.on('error', reject);
});

test('a certificate of one\'s own: names, fingerprint, modes; never replaced unasked', () => withSite((site) => {
  const shown = JSON.parse(site.must(['tls', 'self-signed', '--json', '--host', 'canteen.lan', '--host', '10.0.0.7']));
  const { cert, key } = files(site);
  for (const [file, mode] of [[cert, 0o600], [key, 0o600], [path.dirname(cert), 0o700]]) assert.equal(statSync(file).mode & 0o777, mode, file);
  const x509 = new X509Certificate(readFileSync(cert));
  assert.equal(shown.sha256, x509.fingerprint256);
  assert.equal(x509.subjectAltName, 'DNS:canteen.lan, IP Address:10.0.0.7, DNS:localhost, IP Address:127.0.0.1');
  assert.equal(x509.ca, false);
  const days = (Date.parse(x509.validTo) - Date.now()) / 86400000;
  assert.ok(days > 824 && days < 826, `${days} days`);
  assert.ok(Date.parse(x509.validFrom) < Date.now() - 3000000);
  refused(site.run(['tls', 'self-signed']), 73, /there already/);
  assert.equal(new X509Certificate(readFileSync(cert)).fingerprint256, shown.sha256);
  site.must(['tls', 'self-signed', '--yes']);
  assert.notEqual(new X509Certificate(readFileSync(cert)).fingerprint256, shown.sha256);
  assert.match(site.must(['tls', 'show']), /SHA-256 +[0-9A-F:]{95}/);
  assert.equal(existsSync(`${cert}.new`), false);
}));

test('what refuses the start, and how it ends', () => withSite((site) => {
  const on = ['serve', '--listen', '127.0.0.1:0', '--tls-listen', '127.0.0.1:0'];
  const { cert, key } = files(site);
  refused(site.run(on), 78, /cert\.pem: No such file[\s\S]*tls self-signed/);
  site.must(['tls', 'self-signed']);
  const other = path.join(site.dir, 'other.pem');
  copyFileSync(key, other);
  site.must(['tls', 'self-signed', '--yes']);
  chmodSync(other, 0o600);
  refused(site.run([...on, '--tls-key', other]), 78, /is not the key of/);
  chmodSync(key, 0o640);
  refused(site.run(on), 77, /open to others; type: chmod 600/);
  refused(site.run(['tls', 'show']), 77);
  chmodSync(key, 0o600);
  refused(site.run([...on, '--tls-cert', site.file('bad.pem', 'no certificate')]), 78, /holds no certificate/);
  const label = 'PRIVATE KEY'; // put together here, so that no search for secrets takes it for one
  const bad = site.file('bad.key', `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`);
  chmodSync(bad, 0o600);
  refused(site.run([...on, '--tls-key', bad]), 78, /holds no private key/);
  const weak = [path.join(site.dir, 'weak.pem'), path.join(site.dir, 'weak.key')];
  assert.equal(openssl(['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-subj', '/CN=weak', '-out', weak[0], '-keyout', weak[1]]).status, 0);
  chmodSync(weak[1], 0o600);
  refused(site.run([...on, '--tls-cert', weak[0], '--tls-key', weak[1]]), 78, /too weak/);
  const locked = path.join(site.dir, 'locked.key');
  assert.equal(openssl(['pkcs8', '-topk8', '-in', key, '-out', locked, '-passout', 'pass:secret']).status, 0);
  chmodSync(locked, 0o600);
  refused(site.run([...on, '--tls-key', locked]), 78, /no passphrase/);
  assert.ok(statSync(cert).size > 0);
}));

test('without TLS nobody else is let in, unless the operator says so by name', () => withSite(async (site) => {
  refused(site.run(['serve', '--listen', '0.0.0.0:0']), 64, /without TLS[\s\S]*--insecure-lan/);
  refused(site.run(['config', 'check'], { env: { FEASTFRENZY_LISTEN: '0.0.0.0:80' } }), 64, /without TLS/);
  const open = await start(['serve', ...site.args, '--listen', '0.0.0.0:0', '--insecure-lan']);
  assert.match(open.log(), /"level":"warn"[^\n]*--insecure-lan/);
  await open.stop();
  site.must(['tls', 'self-signed']);
  const closed = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', '--tls-listen', '0.0.0.0:0']);
  assert.doesNotMatch(closed.log(), /insecure/);
  await closed.stop();
}));

test('TLS 1.2 and 1.3 with forward secrecy and authenticated encryption, and nothing else', () => withTls(async (site, server) => {
  const at = ['-connect', `127.0.0.1:${server.tlsPort}`];
  for (const old of ['-tls1', '-tls1_1']) {
    const r = openssl(['s_client', ...at, old, '-cipher', 'ALL:@SECLEVEL=0']);
    assert.doesNotMatch(r.stdout, /Cipher is (?!\(NONE\))/, `${old}\n${r.stdout}`);
  }
  const all = tls.getCiphers().map((name) => name.toUpperCase()).filter((name) => !name.startsWith('TLS_'));
  assert.ok(all.length > 40, `${all.length} ciphers to try`);
  const taken = [];
  for (const cipher of all) {
    const agreed = await shake(server.tlsPort, { maxVersion: 'TLSv1.2', ciphers: `${cipher}:@SECLEVEL=0` }).catch(() => null);
    if (agreed) taken.push(cipher);
  }
  assert.deepEqual(taken.sort(), ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305']);
  assert.equal((await shake(server.tlsPort)).protocol, 'TLSv1.3');
  assert.equal((await shake(server.tlsPort, { maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2');
  assert.equal((await shake(server.tlsPort, { ALPNProtocols: ['h2', 'http/1.1'] })).alpn, 'http/1.1');
  assert.equal((await shake(server.tlsPort, { ALPNProtocols: ['h2'] })).alpn, false);
}));

const scanner = spawnSync('sslscan', ['--version']).error ? 'sslscan is not installed (packaging/deps.txt names it)' : false;
test('sslscan finds nothing below TLS 1.2 and no weak cipher', { skip: scanner }, () => withTls((site, server) => {
  const r = spawnSync('sslscan', ['--no-colour', '--no-check-certificate', `127.0.0.1:${server.tlsPort}`], { encoding: 'utf8' });
  assert.equal(r.status, 0, r.stdout + r.stderr);
  for (const old of ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']) assert.match(r.stdout, new RegExp(`^${old} +disabled`, 'm'));
  const offered = [...r.stdout.matchAll(/^(?:Preferred|Accepted) +(TLSv1\.[0-9]) +(\d+) bits +(\S+)/gm)];
  assert.ok(offered.length >= 5, r.stdout);
  for (const [line, version, bits, cipher] of offered) {
    assert.ok(['TLSv1.2', 'TLSv1.3'].includes(version) && Number(bits) >= 128, line);
    assert.match(cipher, /^(TLS_|ECDHE-).*(GCM|CHACHA20)/, line);
  }
  assert.match(r.stdout, /Session renegotiation not supported/);
  assert.doesNotMatch(r.stdout, /^TLSv1\.\d vulnerable to heartbleed/m);
}));

test('only over TLS: HSTS, Secure cookies; the rest of the product works as ever', () => withTls(async (site, server) => {
  site.must(['user', 'add', 'a@canteen.example', '--role', 'admin', '--password-stdin'], { input: 'Canteen-Test-1\n' });
  const body = JSON.stringify({ email: 'a@canteen.example', password: 'Canteen-Test-1' });
  const headers = { 'X-FF-Request': '1', Host: `canteen.example:${server.tlsPort}`, Origin: `https://canteen.example:${server.tlsPort}` };
  const over = await ask(server.tlsPort, '/api/v1/auth/login', { method: 'POST', body, headers });
  assert.equal(over.status, 200, over.body);
  assert.equal(over.headers['strict-transport-security'], 'max-age=31536000');
  assert.match(over.headers['set-cookie'][0], /; HttpOnly; SameSite=Strict; Secure$/);
  const cookie = over.headers['set-cookie'][0].split(';')[0];
  assert.equal((await ask(server.tlsPort, '/api/v1/auth/refresh', { method: 'POST', body: '{}', headers: { ...headers, Cookie: cookie } })).status, 200);
  const bad = await ask(server.tlsPort, '/api/v1/nothing', { headers });
  assert.deepEqual([bad.status, bad.headers['strict-transport-security']], [404, 'max-age=31536000']);
  const client = new Client(server.port);
  const plain = await client.request('POST', '/api/v1/auth/login', { body, headers: { 'X-FF-Request': '1', Origin: `http://127.0.0.1:${server.port}` } });
  assert.equal(plain.headers['strict-transport-security'], undefined);
  assert.doesNotMatch(plain.headers['set-cookie'][0], /Secure/);
  client.close();
  assert.equal(site.must(['healthcheck']), 'ready\n');
  assert.match(site.must(['user', 'list']), /a@canteen\.example/);
  const large = await ask(server.tlsPort, '/health/live', { headers: { ...headers, 'X-Large': 'x'.repeat(17000) } });
  assert.equal(large.status, 431);
}));

test('a proxy with TLS in front gives the same, and only a trusted one', () => withSite(async (site) => {
  for (const [extra, hsts] of [[[], undefined], [['--trusted-proxy', '127.0.0.1'], 'max-age=31536000']]) {
    const server = await start(['serve', ...site.args, '--listen', '127.0.0.1:0', ...extra]);
    const client = new Client(server.port);
    const r = await client.get('/health/live', { headers: { 'X-Forwarded-Proto': 'https' } });
    assert.equal(r.headers['strict-transport-security'], hsts);
    client.close();
    await server.stop();
  }
}));

const until = async (what, ms, look) => {
  for (const end = Date.now() + ms; Date.now() < end;) {
    if (await look()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(what);
};

test('a new certificate is taken up while serving; one that cannot be used is not', () => withTls(async (site, server) => {
  const { cert, key } = files(site);
  const first = await shake(server.tlsPort);
  const good = readFileSync(cert);
  writeFileSync(`${cert}.x`, 'nonsense', { mode: 0o600 });
  renameSync(`${cert}.x`, cert);
  await until('the fault is in the log', 9000, () => /the old one stays/.test(server.log()));
  assert.equal((await shake(server.tlsPort)).fingerprint, first.fingerprint);
  const { sha256 } = JSON.parse(site.must(['tls', 'self-signed', '--yes', '--json']));
  await until('the new one is shown', 9000, async () => (await shake(server.tlsPort)).fingerprint === sha256);
  assert.match(server.log(), /the new certificate is in use, valid until 20/);
  assert.equal((await ask(server.tlsPort, '/health/live')).status, 200);
  assert.ok(good.length > 0 && statSync(key).size > 0);
}));

test('those who speak no TLS, or begin and wait, harm nobody', () => withTls(async (site, server) => {
  const ended = (bytes) => new Promise((done) => {
    const began = Date.now();
    const socket = net.connect(server.tlsPort, '127.0.0.1', () => { if (bytes) socket.write(bytes); });
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => done(Date.now() - began));
  });
  const hello = Buffer.from('16030100ff010000fb0303', 'hex'); // a ClientHello that never ends
  const waits = await Promise.all([ended('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), ended(Buffer.alloc(3000, 0xff)), ended(hello), ended('')]);
  assert.ok(waits.every((ms) => ms < 8000), `${waits} ms`);
  assert.ok(waits[2] > 4000, 'a handshake has five seconds');
  assert.equal((await ask(server.tlsPort, '/health/live')).status, 200);
}));
