// SPDX-License-Identifier: MIT
/* clockwork.ts - the kiosk's one timer: idle return, closing the receipt, undo countdown. */
import { createIdle, onActivity } from '../app/idle';
import { site } from '../app/site';
import { leave, refreshQuietly, stayAlive } from './flow';
import * as s from './state';

export const RECEIPT_SECONDS = 12;
const ALIVE_EVERY = 20;
const REFRESH_EVERY = 60;
let ticks = 0;

export const idle = createIdle({
  allowed: allowedSeconds,
  now: () => performance.now(),
  onWarn: (left) => (s.idleLeft.value = left),
  onTimeout: leave,
});

/** A filled tray is no reason to leave an open session longer. A purchase on its way is never cut
 * off. */
function allowedSeconds(): number {
  if (s.paying.value || s.screen.value === 'receipt') return Infinity;
  return s.person.value ? s.session.idleSeconds : (site.value?.idleSeconds ?? 60);
}

function touch(): void {
  // While the question "Still there?" stands, only its own buttons answer it.
  if (s.idleLeft.value === null) idle.touch();
  if (s.closing.value > 0) s.closing.value = RECEIPT_SECONDS;
}

function everySecond(): void {
  ticks += 1;
  idle.tick();
  s.receipt.value?.undo.tick();
  if (s.screen.value === 'receipt' && !s.receipt.value?.undo.busy.value) closeReceipt();
  if (ticks % ALIVE_EVERY === 0) void stayAlive();
  if (ticks % REFRESH_EVERY === 0) void refreshQuietly();
}

function closeReceipt(): void {
  s.closing.value -= 1;
  if (s.closing.value <= 0) leave();
}

export function startClockwork(): void {
  onActivity(touch);
  window.setInterval(everySecond, 1000);
}
