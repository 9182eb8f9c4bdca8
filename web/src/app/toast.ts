// SPDX-License-Identifier: MIT
/* toast.ts - short notes about what happened in the background; at most three, six seconds each.
 * Never the only place of an important fact. */
import { signal } from '@preact/signals';

export interface Toast {
  id: number;
  text: string;
}

const LIFE_MS = 6000;
const MOST = 3;
let nextId = 1;

export const toasts = signal<Toast[]>([]);

export function toast(text: string): void {
  const id = nextId++;
  toasts.value = [...toasts.value, { id, text }].slice(-MOST);
  setTimeout(() => dropToast(id), LIFE_MS);
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}
