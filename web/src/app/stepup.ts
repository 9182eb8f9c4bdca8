// SPDX-License-Identifier: MIT
/* stepup.ts - a call was refused until the password is proven again. One dialog serves all that
 * wait; whoever shows it settles the question. */
import { signal } from '@preact/signals';

/** Set while somebody waits for the password. */
export const asked = signal<((proven: boolean) => void) | null>(null);
let question: Promise<boolean> | null = null;

/** True when the password was proven, false when the person would rather not. */
export function confirmPassword(): Promise<boolean> {
  question ??= new Promise<boolean>((settle) => (asked.value = settle)).finally(() => {
    asked.value = null;
    question = null;
  });
  return question;
}
