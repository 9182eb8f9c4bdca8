// SPDX-License-Identifier: MIT
/* AccountDialogs.tsx - the dialogs about the own account: opened from the bar, or by a call that waits for
 * the password. Part of the account's chunk; the kiosk never loads them. */
import { signal } from '@preact/signals';
import { Account } from './Account';
import { StepUp } from './StepUp';

/** The account dialog is open. */
export const accountOpen = signal(false);

export function AccountDialogs() {
  return (
    <>
      {accountOpen.value && <Account onClose={() => (accountOpen.value = false)} />}
      <StepUp />
    </>
  );
}
