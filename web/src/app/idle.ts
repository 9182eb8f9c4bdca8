// SPDX-License-Identifier: MIT
/* idle.ts - counts down while nobody touches anything. The deadline is a point in time, not a
 * number of ticks, so a throttled tab does not stretch it. */

export interface IdleHooks {
  /** Seconds until the time is up. */
  allowed(): number;
  now(): number;
  /** Called once a second while there is little time left, and with null when touched again. */
  onWarn(left: number | null): void;
  onTimeout(): void;
}

/** The last quarter of a minute; less where the whole is short. Source: security.md T1. */
export const warnSeconds = (allowed: number): number => Math.min(15, allowed - 5);

export function createIdle(hooks: IdleHooks) {
  let since = 0;
  let running = false;
  let warned = false;

  function touch(): void {
    since = hooks.now();
    if (warned) hooks.onWarn(null);
    warned = false;
  }

  function tick(): void {
    if (!running) return;
    const allowed = hooks.allowed();
    const left = Math.ceil(allowed - (hooks.now() - since) / 1000);
    if (left <= 0) {
      stop();
      hooks.onTimeout();
    } else if (left <= warnSeconds(allowed)) {
      warned = true;
      hooks.onWarn(left);
    }
  }

  function start(): void {
    running = true;
    touch();
  }

  function stop(): void {
    running = false;
    if (warned) hooks.onWarn(null);
    warned = false;
  }

  return { start, stop, touch, tick };
}

/** Everything that shows a person is there; inner scrollers do not bubble, so all is captured. */
export function onActivity(touch: () => void): void {
  for (const type of ['pointerdown', 'keydown', 'wheel', 'scroll']) {
    document.addEventListener(type, touch, { capture: true, passive: true });
  }
}
