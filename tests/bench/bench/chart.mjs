// SPDX-License-Identifier: MIT
// chart.mjs - the goals as a chart: a bar a row, its length the ratio to the goal (1: met). Plain SVG without scripts,
// with colours for a light and a dark page.
import { writeFileSync } from 'node:fs';

const [WIDTH, LABELS, STEP, BAR, TOP] = [960, 440, 24, 14, 64];
const MOST = 4; // longer bars are cut off here; the number says how long they would be
const PLOT = WIDTH - LABELS - 80;

const STYLE = `
  svg { font: 13px system-ui, sans-serif; }
  .page { fill: #ffffff; } .text { fill: #1f2328; } .soft { fill: #59636e; } .grid { stroke: #d1d9e0; } .goal { stroke: #1f2328; }
  .met { fill: #2b7a5b; } .missed { fill: #c2492f; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } .text { fill: #e6edf3; } .soft { fill: #9198a1; } .grid { stroke: #30363d; } .goal { stroke: #e6edf3; }
    .met { fill: #4fb58c; } .missed { fill: #f0795b; }
  }`;

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const text = (x, y, words, { kind = 'text', anchor = 'start' } = {}) =>
  `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
const rule = (x, bottom, kind, more = '') => `<line class="${kind}" x1="${x}" y1="${TOP - 8}" x2="${x}" y2="${bottom}" ${more}/>`;
const across = (score) => LABELS + (Math.min(score, MOST) / MOST) * PLOT;

function bar(row, i) {
  const y = TOP + i * STEP;
  const isMet = row.off === 0;
  const ratio = row.goal === 0 ? (isMet ? 'none' : String(row.ours)) : `${row.score.toFixed(2)}${row.score > MOST ? ' →' : ''}`;
  const end = across(row.goal === 0 && isMet ? 1 : row.score);
  return text(LABELS - 10, y + 12, row.unit === '/s' ? row.what : `${row.what} (${row.unit})`, { anchor: 'end' }) +
    `<rect class="${isMet ? 'met' : 'missed'}" x="${LABELS}" y="${y}" width="${(end - LABELS).toFixed(1)}" height="${BAR}" rx="2"/>` +
    text(Math.max(end, across(1)) + 6, y + 12, isMet ? ratio : `${ratio} missed`, { kind: isMet ? 'soft' : 'text' });
}

export function chart(rows, conditions) {
  const shown = rows.filter((row) => row.score !== null);
  const bottom = TOP + shown.length * STEP;
  const scale = [0, 1, 2, 3, 4].map((n) => rule(across(n), bottom, n === 1 ? 'goal' : 'grid', n === 1 ? 'stroke-width="1.5"' : '') +
    text(across(n), bottom + 18, n === 1 ? 'goal' : `${n} x`, { kind: 'soft', anchor: 'middle' }));
  const height = bottom + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>How far each figure is from its goal</title>
<style>${STYLE}
</style>
<rect class="page" width="${WIDTH}" height="${height}"/>
${text(16, 26, 'Ratio to the goal: 1 or more is met', { kind: 'text' })}
${text(16, 44, conditions, { kind: 'soft' })}
${scale.join('\n')}
${shown.map(bar).join('\n')}
</svg>
`;
}

export function writeChart(file, rows, conditions) {
  writeFileSync(file, chart(rows, conditions));
}
