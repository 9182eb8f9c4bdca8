// SPDX-License-Identifier: MIT
/* look.ts - how the page looks for this person: theme, text size, contrast, reach. Each is an
 * attribute of <html>; the style sheets do the rest. */
import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
export type Size = '100' | '125' | '150';

const THEME = 'ff.theme';

export const theme = signal<Theme>(storedTheme());
export const size = signal<Size>('100');
export const contrast = signal(false);
export const reach = signal(false);

function storedTheme(): Theme {
  const kept = localStorage.getItem(THEME);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** The next person starts with the usual size, contrast and reach. The theme belongs to the place. */
export function resetLook(): void {
  size.value = '100';
  contrast.value = false;
  reach.value = false;
}

export function followLook(): void {
  effect(() => {
    localStorage.setItem(THEME, theme.value);
    const html = document.documentElement.dataset;
    html['theme'] = theme.value;
    html['size'] = size.value;
    html['contrast'] = contrast.value ? 'more' : 'usual';
    html['reach'] = reach.value ? 'low' : 'all';
  });
}
