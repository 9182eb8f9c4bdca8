// SPDX-License-Identifier: MIT
/* Reader.tsx - a badge in front of a reader, own drawing. */

export function Reader() {
  return (
    <svg class="reader" viewBox="0 0 220 96" fill="none" aria-hidden="true">
      <g class="reader-card">
        <rect x="4" y="20" width="92" height="60" rx="10" class="fill-enamel line-cobalt" />
        <circle cx="28" cy="44" r="10" class="fill-cobalt" />
        <path d="M14 68c2-9 26-9 28 0" class="line-cobalt" />
        <path d="M54 40h30M54 52h22M54 64h26" class="line-soft" />
      </g>
      <path d="M116 36a18 18 0 0 1 0 28M128 28a30 30 0 0 1 0 44M140 20a42 42 0 0 1 0 60" class="line-cobalt waves" />
      <rect x="166" y="8" width="50" height="84" rx="12" class="fill-cobalt" />
      <circle cx="191" cy="42" r="13" class="line-onfill" />
      <path d="M182 74h18" class="line-onfill" />
    </svg>
  );
}
