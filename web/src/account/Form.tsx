// SPDX-License-Identifier: MIT
/* Form.tsx - what the forms of these pages share: one attempt at a time, its error above the
 * button, and the button. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { tell } from '../app/errors';

interface Props {
  action: string;
  /** False while something is missing: the fields say what. */
  ready: () => boolean;
  run: () => Promise<void>;
  /** Better words for an error; empty: the usual ones. */
  words?: (problem: unknown) => string;
  children: ComponentChildren;
}

export function Form({ action, ready, run, words, children }: Props) {
  const busy = useSignal(false);
  const error = useSignal('');

  async function submit(e: Event): Promise<void> {
    e.preventDefault();
    error.value = '';
    if (busy.value || !ready()) return;
    busy.value = true;
    try {
      await run();
    } catch (problem) {
      error.value = words?.(problem) || tell(problem).text;
    }
    busy.value = false;
  }

  return (
    <form class="fields" noValidate onSubmit={submit}>
      {children}
      {error.value && (
        <p class="error box" role="alert">
          {error.value}
        </p>
      )}
      <button type="submit" class="pay" disabled={busy.value}>
        <span>{action}</span>
      </button>
    </form>
  );
}
