// SPDX-License-Identifier: MIT
// config.test.mjs - flags, variables, file: who wins, and what a mistake is told.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { test } from 'node:test';
import { run } from '../lib/server.mjs';
import { refused, withDir } from './site.mjs';

const shown = (result) => {
  assert.equal(result.code, 0, result.err);
  return Object.fromEntries(JSON.parse(result.out).map((row) => [row.key, row]));
};
const show = (args, env) => run(['config', 'show', '--json', ...args], { env });

test('a flag beats the variable, the variable the file, the file the default', () => withDir((site) => {
  const file = site.file('ff.ini', '[http]\nlisten = 127.0.0.1:1001\nthreads = 16\n[log]\nlevel = warn\n');
  const env = { FEASTFRENZY_HTTP_LISTEN: '127.0.0.1:1002', FEASTFRENZY_LOG_LEVEL: 'error' };
  const all = shown(show(['--config', file, '--log-level', 'debug'], env));
  assert.deepEqual([all['log.level'].value, all['log.level'].origin], ['debug', 'flag']);
  assert.deepEqual([all['http.listen'].value, all['http.listen'].origin], ['127.0.0.1:1002', 'environment']);
  assert.deepEqual([all['http.threads'].value, all['http.threads'].origin], ['16', 'file']);
  assert.match(all['http.threads'].where, /ff\.ini, line 3/);
  assert.deepEqual([all['storage.queue'].value, all['storage.queue'].origin], ['4096', 'default']);
}));

test('the variable may have the short name of the flag', () => {
  assert.equal(shown(show([], { FEASTFRENZY_LISTEN: '127.0.0.1:1003, 127.0.0.2:1004' }))['http.listen'].value,
    '127.0.0.1:1003, 127.0.0.2:1004');
  refused(show([], { FEASTFRENZY_LISTEN: '127.0.0.1:1', FEASTFRENZY_HTTP_LISTEN: '127.0.0.1:2' }), 78, /both set/);
});

test('an unknown variable is a warning with the nearest name', () => {
  const result = show([], { FEASTFRENZY_HTTP_LISTN: '127.0.0.1:1' });
  assert.equal(result.code, 0);
  assert.match(result.err, /unknown variable FEASTFRENZY_HTTP_LISTN; did you mean FEASTFRENZY_HTTP_LISTEN\?/);
});

test('an unknown flag or command is 64 with the nearest one', () => {
  refused(run(['serve', '--lisen', '127.0.0.1:0']), 64, /did you mean --listen\?/);
  refused(run(['serv']), 64, /did you mean "feastfrenzy serve"\?/);
  refused(run(['user']), 64, /"user" needs one of: add, list/);
  refused(run(['usr', 'add']), 64, /user add/);
  refused(run(['verify', '--listen', '127.0.0.1:0']), 64, /takes no option --listen/);
  refused(run(['serve', '--open=yes']), 64, /takes no value/);
  refused(run(['serve', '--threads']), 64, /needs a value/);
  refused(run(['serve', 'now']), 64, /takes no "now"/);
  refused(run(['topup', 'EMP001']), 64, /feastfrenzy topup NUMBER AMOUNT/);
  refused(run(['serve', '--log-level', 'info', '--log-level', 'warn']), 64, /more than once/);
});

test('a bad value says what would be right: 64 from a flag, 78 from elsewhere', () => {
  for (const [args, text] of [
    [['serve', '--listen', 'localhost:80'], /IPv4 address and a port/],
    [['serve', '--listen', '127.0.0.1:70000'], /IPv4 address and a port/],
    [['serve', '--threads', '4'], /between 8 and 2048/],
    [['serve', '--public-url', 'canteen.example'], /like http/],
    [['serve', '--log-level', 'loud'], /one of error, warn, info, debug/],
    [['demo', '--clock', '2026-02-30'], /a day/],
    [['healthcheck', '--timeout', '3'], /a time/],
    [['serve', '--ready-fd', '5000'], /between 1 and 1023/],
  ]) refused(run(args), 64, text);
  refused(show([], { FEASTFRENZY_THREADS: 'many' }), 78, /FEASTFRENZY_THREADS/);
});

test('the file is strict, and names the line', () => withDir((site) => {
  let n = 0;
  const check = (text) => run(['config', 'check', '--config', site.file(`c${n += 1}.ini`, text)]);
  for (const [text, expected] of [
    ['[http]\nlissten = 127.0.0.1:1\n', /line 2: unknown key lissten[\s\S]*"listen"/],
    ['[htp]\n', /line 1: unknown section htp[\s\S]*"http"/],
    ['listen = 1\n', /line 1: key before the first section/],
    ['[http]\nthreads = 16\n# fine\n\nthreads = 17\n', /line 5: second time for key threads/],
    ['[http]\nthreads\n', /line 2: expected key = value/],
    ['[http\n', /line 1: a section is written \[name\]/],
    ['[http]\nthreads = 16 ; many\n', /line 2 \(threads\)/],
    [`[http]\n# ${'x'.repeat(5000)}\n`, /line 2: the line is longer than 4096 bytes/],
    ['[http]\nlisten =\n', /line 2/],
    [Buffer.from([0x5b, 0xff, 0x5d]), /line 1: the line is not UTF-8/],
  ]) refused(check(text), 78, expected);
  const good = check('# comment\n; comment\n[http]\r\n  threads=16  \r\nhost = a.example, b.example\n[storage]\nauto_migrate = off\n');
  assert.equal(good.code, 0, good.err);
  refused(run(['config', 'check', '--config', `${site.dir}/none.ini`]), 78, /none\.ini/);
  const open = site.file('open.ini', '[http]\n');
  chmodSync(open, 0o666);
  refused(run(['config', 'check', '--config', open]), 77, /chmod go-w/);
}));

test('the example is a good file, and names every key that config show knows', () => withDir((site) => {
  const example = run(['config', 'example']).out;
  const enabled = example.replace(/^#([a-z_]+ = \S)/gm, '$1');
  const result = run(['config', 'check', '--config', site.file('example.ini', enabled)]);
  assert.equal(result.code, 0, result.err);
  for (const key of Object.keys(shown(show([])))) assert.match(example, new RegExp(`^#${key.split('.')[1]} =`, 'm'));
}));

test('no setting stands both in the file and in the database', async () => {
  const file = Object.keys(shown(show([]))).map((key) => key.split('.')[1].replaceAll('_', ''));
  const document = JSON.parse(run(['openapi']).out);
  const site = Object.keys(document.components.schemas.Site.properties).map((name) => name.toLowerCase());
  assert.ok(site.includes('undoseconds'), 'the schema of the settings was found');
  assert.deepEqual(file.filter((key) => site.includes(key)), []);
});

test('help names every command; each command has help; -h and --version work anywhere', () => {
  const all = run(['help']).out;
  const commands = [...all.matchAll(/^ {2}([a-z]+(?: [a-z-]+)?) /gm)].map((m) => m[1].trim());
  assert.ok(commands.length >= 28, commands.join());
  for (const command of commands) {
    const help = run(['help', ...command.split(' ')]);
    assert.equal(help.code, 0, help.err);
    assert.match(help.out, new RegExp(`^Usage: feastfrenzy ${command}`));
    assert.equal(run([...command.split(' '), '-h']).out, help.out);
  }
  assert.match(run(['serve', '--version']).out, /^FeastFrenzy \d/);
  const bare = run([]);
  assert.equal(bare.code, 0);
  assert.match(bare.out, /feastfrenzy demo .*\n.*feastfrenzy init .*\n.*feastfrenzy help serve/);
  refused(run(['help', 'nothing']), 64);
});
