// SPDX-License-Identifier: MIT
/* fold.ts - text without case and accents, for searching and for the letters of the name list. */

export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The letter a name is filed under; accents do not make letters of their own. */
export function letterOf(name: string): string {
  return (fold(name)[0] ?? '#').toUpperCase();
}

/** Two letters for a plate: of the first two words, or of the only one. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}+/gu) ?? [];
  const first = words[0] ?? '?';
  const second = words[1];
  return second ? first.charAt(0).toUpperCase() + second.charAt(0).toLowerCase() : first.slice(0, 2);
}
