// SPDX-License-Identifier: MIT
/* Brand.tsx - the mark: fork and knife on an enamel plate. */

export function Mark() {
  return (
    <svg viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="18.4" class="mark-plate" />
      <path
        d="M13 11v7a3.500 3.500 0 0 0 7 0v-7M16.500 11v18M26.500 29V11c-3 1.500-4.500 5-4.500 9h4.500"
        class="mark-tools"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <div class="brand">
      <Mark />
      <span>FeastFrenzy</span>
    </div>
  );
}
