// SPDX-License-Identifier: MIT
/* scan.ts - a badge reader is a keyboard that types very fast and ends with Enter or Tab. A burst
 * whose keys follow each other within the gap is a scan; people are slower. The listener sits on
 * the window in the capture phase, so the closing Enter never presses the focused button. */

export interface ScanSettings {
  gapMs: number;
  minLength: number;
  maxLength: number;
  /** The same code again within this time is the same swipe. */
  repeatMs: number;
}

export const SCAN_DEFAULTS: ScanSettings = { gapMs: 100, minLength: 3, maxLength: 64, repeatMs: 1500 };

export interface KeyLike {
  key: string;
  timeStamp: number;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  target: unknown;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}

interface Field {
  value: string;
  dispatchEvent(e: Event): boolean;
}

export function createScanner(settings: ScanSettings, onScan: (code: string, field: Field | null) => void) {
  let buffer = '';
  let last = 0;
  let field: Field | null = null;
  let before = '';
  let lastCode = '';
  let lastCodeAt = -Infinity;

  function begin(e: KeyLike): void {
    buffer = '';
    field = asField(e.target);
    before = field?.value ?? '';
  }

  function swallow(e: KeyLike): void {
    e.preventDefault();
    e.stopImmediatePropagation();
  }

  function finish(e: KeyLike): void {
    const code = buffer;
    buffer = '';
    swallow(e);
    if (field && field.value !== before) {
      field.value = before;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    const repeated = code === lastCode && e.timeStamp - lastCodeAt < settings.repeatMs;
    lastCode = code;
    lastCodeAt = e.timeStamp;
    if (!repeated) onScan(code, field);
  }

  /** Feed every keydown. */
  return function key(e: KeyLike): void {
    if (e.key === 'Shift') return;
    const fast = buffer !== '' && e.timeStamp - last <= settings.gapMs;
    last = e.timeStamp;
    if (e.key === 'Enter' || e.key === 'Tab') {
      if (fast && buffer.length >= settings.minLength) finish(e);
      else buffer = '';
      return;
    }
    if (e.key.length !== 1 || e.ctrlKey || e.altKey || e.metaKey) {
      buffer = '';
      return;
    }
    if (!fast) begin(e);
    buffer += e.key;
    if (buffer.length > settings.maxLength) buffer = '';
    else if (buffer.length >= settings.minLength && !field) swallow(e);
  };
}

function asField(target: unknown): Field | null {
  const tag = (target as { tagName?: string } | null)?.tagName;
  return tag === 'INPUT' || tag === 'TEXTAREA' ? (target as Field) : null;
}

/** Tests on a slow machine raise the gap by localStorage. */
export function scanSettings(): ScanSettings {
  const raised = Number.parseInt(localStorage.getItem('ff.scanGapMs') ?? '', 10);
  return raised > 0 ? { ...SCAN_DEFAULTS, gapMs: raised } : SCAN_DEFAULTS;
}

/** Calls back for every badge, from now on, whatever is on the screen. */
export function listenForScans(onScan: (code: string, field: Field | null) => void): void {
  const scanner = createScanner(scanSettings(), onScan);
  window.addEventListener('keydown', (e) => scanner(e), { capture: true });
}
