// SPDX-License-Identifier: MIT
/* undo.ts - taking back one purchase. Its key is made once, so pressing again after a lost answer
 * cannot undo twice; "already undone" after such a loss is the answer that was lost. */
import { signal } from '@preact/signals';
import { ApiError } from '../api/client';
import { undo as send } from '../api/purchases';
import type { Purchase, Undone } from '../api/types';
import { tell } from './errors';
import { t } from './i18n';
import { newKey } from './key';

/** How the call gets its token: a person's is at hand, a user's may need a refresh. */
export type Lend = <T>(run: (token: string | null) => Promise<T>) => Promise<T>;

export function createUndo(purchase: Purchase, lend: Lend, after: (u: Undone) => void) {
  const key = newKey();
  const deadline = performance.now() + purchase.undoSeconds * 1000;
  const left = signal(purchase.undoUntil && !purchase.undone ? purchase.undoSeconds : 0);
  const busy = signal(false);
  const done = signal<Undone | null>(null);
  const error = signal('');

  function tick(): void {
    if (left.value > 0) left.value = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
  }

  async function run(): Promise<void> {
    if (busy.value || done.value) return;
    busy.value = true;
    error.value = '';
    try {
      done.value = await lend((token) => send(token, key, purchase.id));
      after(done.value);
    } catch (e) {
      error.value = e instanceof ApiError ? tell(e).text : t('undoUnsure');
    }
    busy.value = false;
  }

  return { left, busy, done, error, tick, run };
}

export type Undo = ReturnType<typeof createUndo>;
