// SPDX-License-Identifier: MIT
/* Icon.tsx - line icons on a 24 px grid, own drawings. To add one, add its path here. */

const PATHS = {
  leave: 'M15 4h3a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-3M10 8l-4 4 4 4M6 12h10',
  arrow: 'M5 12h14m-6-6 6 6-6 6',
  back: 'M19 12H5m6 6-6-6 6-6',
  minus: 'M5 12h14',
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  tray: 'M3 14h18v2.5a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.500zM6 14a6 6 0 0 1 12 0M12 8V6',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  undo: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  look: 'M4 18 9 6l5 12M5.500 14h7M16 18l2.500-7 2.500 7M16.800 16h3.400',
  erase: 'M9 6h11v12H9l-6-6zM12 9.500l5 5M17 9.500l-5 5',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM16 16l4 4',
  offline: 'M3 8a14 14 0 0 1 18 0M6.500 12a9 9 0 0 1 11 0M10 16a3.500 3.500 0 0 1 4 0M4 3l16 18',
  print: 'M7 9V4h10v5M7 17H5a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2h-2M7 14h10v6H7z',
  alert: 'M12 7v6M12 16.500v.5M12 3.500 21.500 20h-19z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
