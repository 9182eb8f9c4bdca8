// SPDX-License-Identifier: MIT
// crowd.mjs PORT ADDRESS - the other side of flood.mjs, in a process of its own: 200 sockets that send a head a byte at a
// time, 200 that send a body so, 500 that are silent or ask once and stay. All from ADDRESS, all opened again when they
// are closed, until the parent hangs up. Prints "ready" once each was opened, and in the end what became of them.
import net from 'node:net';

const [port, localAddress] = [Number(process.argv[2]), process.argv[3]];
const AGAIN_MS = 1000;
const tally = { opened: 0, refused: 0, ended: 0 };
let stopped = false;

const head = (more) => `${more} HTTP/1.1\r\nHost: localhost\r\n`;
const KINDS = {
  slowHead: { n: 200, first: head('GET /api/v1/products'), drip: 'X' },
  slowBody: { n: 200, first: `${head('POST /api/v1/auth/login')}Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n`, drip: ' ' },
  silent: { n: 250, first: '', drip: '' },
  staying: { n: 250, first: `${head('GET /health/live')}\r\n`, drip: '' },
};

function open({ first, drip }) {
  if (stopped) return;
  const socket = net.connect({ port, host: '127.0.0.1', localAddress });
  let timer = null;
  let connected = false;
  socket.on('connect', () => {
    connected = true;
    tally.opened += 1;
    if (first) socket.write(first);
    if (drip) timer = setInterval(() => socket.write(drip), 400);
  });
  socket.on('data', () => {});
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(timer);
    tally[connected ? 'ended' : 'refused'] += 1;
    setTimeout(() => open({ first, drip }), AGAIN_MS);
  });
}

for (const kind of Object.values(KINDS)) for (let i = 0; i < kind.n; i += 1) open(kind);
const waiting = setInterval(() => {
  if (tally.opened < 900) return;
  clearInterval(waiting);
  console.log('ready');
}, 20);
process.stdin.on('end', () => { stopped = true; console.log(JSON.stringify(tally)); process.exit(0); });
process.stdin.resume();
