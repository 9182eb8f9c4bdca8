// SPDX-License-Identifier: MIT
/* badge.ts - what a scanned badge means depends on the screen it meets. */
import * as api from '../api/kiosk';
import { pay } from './buy';
import { identify, leave } from './flow';
import { idle } from './clockwork';
import * as s from './state';

let busy = false;

/** Digits that arrive while a number or PIN field has the focus were typed, however fast. */
const TYPED = /^\d{3,8}$/;

export function onScan(code: string, field: { value: string } | null): void {
  if (field instanceof HTMLInputElement && field.type !== 'radio' && takesTyping(code, field)) {
    field.value = code;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.form?.requestSubmit();
    return;
  }
  if (!busy) void act(code);
}

function takesTyping(code: string, field: HTMLInputElement): boolean {
  return field.name === 'code' || (field.name === 'pin' && TYPED.test(code));
}

async function act(code: string): Promise<void> {
  busy = true;
  try {
    await meaning(code);
  } finally {
    busy = false;
  }
}

async function meaning(code: string): Promise<unknown> {
  if (s.idleLeft.value !== null) idle.touch();
  switch (s.screen.value) {
    case 'attract':
    case 'identify':
      return identify({ badge: code });
    case 'link':
      return s.linkScan.value?.(code);
    case 'receipt':
      leaveReceipt();
      return identify({ badge: code });
    case 'shop':
    case 'account':
      return inSession(code);
    default:
      return undefined;
  }
}

function leaveReceipt(): void {
  if (!s.receipt.value?.undo.busy.value) leave();
}

async function inSession(code: string): Promise<unknown> {
  if (code === s.session.badge) return s.tray.count.value ? pay() : undefined;
  if (!s.tray.count.value) return switchTo(code);
  if (!s.paying.value) s.sheet.value = { kind: 'switch', badge: code };
  return undefined;
}

/** The next badge takes over at once; an unknown one leaves the first person signed in. */
export async function switchTo(badge: string): Promise<void> {
  const before = s.session.token;
  s.sheet.value = null;
  const ok = await identify({ badge });
  if (ok && before) api.leave(before).catch(() => undefined);
}
