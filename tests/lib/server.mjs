// SPDX-License-Identifier: MIT
// server.mjs - starts the real program on a free port with a private data directory, and talks to it.
// Shared by the browser, replay, fault and benchmark harnesses. No fixed ports, no sleeps: the program says on a
// pipe (--ready-fd) when it listens.
import { spawn, spawnSync } from 'node:child_process';
import http from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const BUILD = process.env.BUILD || 'build';
export const PROGRAM = process.env.FF_PROGRAM || path.resolve(BUILD, 'feastfrenzy');

export function tempDir(prefix = 'ff-test-') {
  return mkdtempSync(path.join(tmpdir(), prefix));
}

export function remove(dir) {
  rmSync(dir, { recursive: true, force: true });
}

// Runs a subcommand to its end. {code, out, err}.
export function run(args, { input = '', env = {}, program = PROGRAM } = {}) {
  const r = spawnSync(program, args, {
    input, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28,
  });
  if (r.error) throw r.error;
  return { code: r.status, out: r.stdout, err: r.stderr };
}

export function mustRun(args, options) {
  const r = run(args, options);
  if (r.code !== 0) throw new Error(`feastfrenzy ${args.join(' ')} ended with ${r.code}\n${r.out}${r.err}`);
  return r.out;
}

// Starts `serve` or `demo` and waits until it listens. The caller stops it with stop() or kill().
export function start(args, { env = {}, program = PROGRAM, timeoutMs = 20000 } = {}) {
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const child = spawn(program, [...args, '--ready-fd', '3'], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, ...env },
    });
    let log = '';
    let ready = '';
    const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
    const timer = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`not ready in time\n${log}`)); }, timeoutMs);
    const note = (chunk) => { log = (log + chunk).slice(-200000); };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    ended.then(({ code, signal }) => { clearTimeout(timer); reject(new Error(`ended with ${code ?? signal}\n${log}`)); });
    child.stdio[3].on('data', (chunk) => {
      ready += chunk;
      if (!ready.includes('\n')) return;
      clearTimeout(timer);
      const port = Number(/:(\d+)/.exec(ready)?.[1] ?? /(\d+)/.exec(ready)[1]);
      resolve({
        port, pid: child.pid, child, ended,
        url: `http://127.0.0.1:${port}`,
        readyMs: Number(process.hrtime.bigint() - began) / 1e6,
        log: () => log,
        async stop() { child.kill('SIGTERM'); return ended; },
        async kill() { child.kill('SIGKILL'); return ended; },
      });
    });
  });
}

// A client with kept-alive connections. request() gives {status, headers, body, json}.
export class Client {
  constructor(port, { connections = 1, token = null, from } = {}) { // from: an address of 127.0.0.0/8
    this.port = port;
    this.token = token;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections, localAddress: from });
  }

  request(method, target, { body, token = this.token, headers = {}, type = 'application/json' } = {}) {
    const data = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const all = { ...headers };
    if (token) all.Authorization = `Bearer ${token}`;
    if (data !== null) { all['Content-Type'] = type; all['Content-Length'] = Buffer.byteLength(data); }
    else if (method !== 'GET' && method !== 'HEAD') all['Content-Length'] = 0;
    return new Promise((resolve, reject) => {
      const rq = http.request({ host: '127.0.0.1', port: this.port, method, path: target, headers: all, agent: this.agent },
        (rs) => {
          const parts = [];
          rs.on('data', (c) => parts.push(c));
          rs.on('error', reject);
          rs.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            let json = null;
            if (/json/.test(rs.headers['content-type'] || '') && text) json = JSON.parse(text);
            resolve({ status: rs.statusCode, headers: rs.headers, body: text, json });
          });
        });
      rq.on('error', reject);
      rq.end(data ?? undefined);
    });
  }

  get(target, options) { return this.request('GET', target, options); }
  post(target, body, options = {}) { return this.request('POST', target, { ...options, body }); }

  // Like request, but any other status than `expected` is an error that shows the reply.
  async must(expected, method, target, options) {
    const r = await this.request(method, target, options);
    if (r.status !== expected) throw new Error(`${method} ${target}: ${r.status} instead of ${expected}\n${r.body}`);
    return r.json;
  }

  async login(email, password) {
    const r = await this.must(200, 'POST', '/api/v1/auth/login', { body: { email, password }, token: null });
    this.token = r.accessToken;
    this.refreshToken = r.refreshToken;
    return r;
  }

  close() { this.agent.destroy(); }
}

// Runs `work(item)` over all items with at most `width` at a time.
export async function parallel(items, width, work) {
  const queue = items[Symbol.iterator]();
  const worker = async () => { for (const item of queue) await work(item); };
  await Promise.all(Array.from({ length: width }, worker));
}

let serial = 0;
export function key(prefix) {
  serial += 1;
  return `${prefix}-${process.pid}-${String(serial).padStart(10, '0')}`;
}
