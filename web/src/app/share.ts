// SPDX-License-Identifier: MIT
/* share.ts - what the person pays of a tray when the employer pays a part. Asked anew whenever the
 * tray has changed, one question at a time; a tray that cannot be bought shows its whole price. In a
 * chunk of its own, so what it needs is handed over. */
import type { call } from '../api/client';
import type { Quote } from '../api/types';
import type { Line, bodyOf } from './cart';
import type { Tray } from './tray';
import type { Lend } from './undo';

/** Follows `tray` for as long as the page is open. */
export default function follow(tray: Tray, lend: Lend, post: typeof call, body: typeof bodyOf): void {
  let asking = false;
  const ask = (lines: Line[]) =>
    lend((token) => post<Quote>('POST', '/purchases/quote', { token, body: body(lines) }));
  async function next(lines: Line[]): Promise<void> {
    if (asking || !lines.length) return;
    asking = true;
    const quote = await ask(lines).catch(() => null);
    asking = false;
    if (lines !== tray.lines.value) return next(tray.lines.value);
    tray.own.value = quote?.own ?? null;
  }
  tray.lines.subscribe((lines) => void next(lines));
}
