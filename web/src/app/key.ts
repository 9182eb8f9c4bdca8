// SPDX-License-Identifier: MIT
/* key.ts - Idempotency-Keys: a time prefix (so that stored keys sort and read by age) and 120
 * random bits. getRandomValues only: randomUUID is missing on plain http. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function newKey(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(20));
  let tail = '';
  for (const byte of random) tail += ALPHABET[byte & 63];
  return `${now.toString(36)}-${tail}`;
}
