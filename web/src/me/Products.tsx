// SPDX-License-Identifier: MIT
/* Products.tsx - the employee's own page: balance, products, cart, receipt, last purchases. */
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { quantityOf } from '../app/cart';
import { t } from '../app/i18n';
import { link } from '../app/link';
import { go } from '../app/router';
import { resume, user } from '../app/session';
import { loadSite } from '../app/site';
import { PageTitle } from '../ui/PageTitle';
import { PrefsDialog } from '../ui/Prefs';
import { Shelf } from '../ui/Shelf';
import { Toasts } from '../ui/Toasts';
import { Tray } from '../ui/Tray';
import { Waiting } from '../ui/Waiting';
import { Check } from './Check';
import { History } from './History';
import { MeBar } from './MeBar';
import { AccountDialogs } from './AccountDialogs';
import { Paid } from './Paid';
import { Picked } from './Picked';
import { MyDataLink, NoEmployee, SessionEnded, Trouble } from './Notices';
import { load } from './flow';
import { cart, catalogue, balance, checking, picked, receipt, refusal, trouble } from './state';

const WORDS = { title: 'yourCart', empty: 'emptyCart', show: 'showCart', status: 'cartStatus', go: 'checkout' } as const;

export default function Products() {
  useEffect(() => void open(), []);
  if (!user.value) return <Waiting />;
  return (
    <div class="app">
      <div role="alert" class="strips">
        {link.value !== 'ok' && <p class="strip">{t('lostRetrying')}</p>}
      </div>
      <Content />
      <AccountDialogs />
      <SessionEnded />
      <PrefsDialog shared={false} />
      <Toasts />
    </div>
  );
}

async function open(): Promise<void> {
  await loadSite(true).catch(() => undefined);
  if (!(await resume())) return go('/login', true);
  await load();
}

function Content() {
  if (!user.value?.employeeId) return <NoEmployee />;
  if (trouble.value) return <Trouble />;
  if (receipt.value) return <Paid />;
  return <Shop />;
}

function Shop() {
  const q = useSignal('');
  const shown = catalogue.value ?? { categories: [], products: [] };
  return (
    <div class="kiosk me">
      <MeBar />
      <main class="shelf">
        <div class="topic">
          <PageTitle>{t('products')}</PageTitle>
          <input
            class="search"
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            value={q.value}
            onInput={(e) => (q.value = e.currentTarget.value)}
          />
        </div>
        {catalogue.value && (
          <Shelf
            catalogue={shown}
            usuals={[]}
            quantity={(id) => quantityOf(cart.lines.value, id)}
            countKey="inCart"
            search={q.value.trim()}
            onTap={(p) => (picked.value = p)}
            onStep={(p, by) => (by > 0 ? cart.add(p) : cart.change(p.id, -1))}
          />
        )}
        <History />
        <MyDataLink />
      </main>
      <Tray
        tray={cart}
        catalogue={shown}
        balance={balance.value?.balance ?? null}
        words={WORDS}
        blocked={link.value === 'ok' ? null : t('cannotPay')}
        onGo={() => {
          refusal.value = null;
          checking.value = true;
        }}
      />
      <Picked />
      <Check />
    </div>
  );
}
