// SPDX-License-Identifier: MIT
/* MeBar.tsx - the top bar of a signed-in person. */
import { ta } from '../app/account';
import { t } from '../app/i18n';
import { go } from '../app/router';
import { signOut, user } from '../app/session';
import { money } from '../app/site';
import { Brand } from '../ui/Brand';
import { Icon } from '../ui/Icon';
import { PrefsButton } from '../ui/Prefs';
import { accountOpen } from './AccountDialogs';
import { balance, cart, past, picked, receipt, catalogue } from './state';

export function MeBar() {
  async function leave(): Promise<void> {
    accountOpen.value = false;
    await signOut();
    cart.clear();
    picked.value = receipt.value = balance.value = catalogue.value = null;
    past.value = [];
    go('/login', true);
  }
  return (
    <header class="bar">
      <Brand />
      <p class="who-text solo">
        <b>{user.value?.name}</b>
        <small>{user.value?.email}</small>
      </p>
      {balance.value && !receipt.value && (
        <p class="purse">
          <span>{t('balance')}</span>{' '}
          <b class="num" data-cy="balance">
            {money(balance.value.balance)}
          </b>
        </p>
      )}
      <PrefsButton />
      <button type="button" class="ghost round" onClick={() => (accountOpen.value = true)}>
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" aria-hidden="true">
          <path d="M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500a7.500 7.500 0 0 1 15 0" />
        </svg>
        <span class="vh">{ta('title')}</span>
      </button>
      <button type="button" class="ghost" onClick={() => void leave()}>
        <Icon name="leave" />
        <span>{t('signOut')}</span>
      </button>
    </header>
  );
}
