// SPDX-License-Identifier: MIT
/* Account.tsx - K8: balance, the month, the last five purchases, and their undo. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Purchase } from '../api/types';
import { t } from '../app/i18n';
import { money } from '../app/site';
import { createUndo } from '../app/undo';
import { Icon } from '../ui/Icon';
import { PageTitle } from '../ui/PageTitle';
import { PurchaseRow } from '../ui/PurchaseRow';
import { Bar } from './Bar';
import { leave, stayAlive } from './flow';
import { person, screen, withPerson } from './state';

export function Account() {
  const who = person.value;
  useEffect(() => void stayAlive(), []);
  if (!who) return null;
  const back = () => (screen.value = 'shop');
  return (
    <div class="stage">
      <Bar>
        <button type="button" class="ghost" onClick={back}>
          <Icon name="back" />
          <span>{t('toProducts')}</span>
        </button>
      </Bar>
      <main class="account">
        <section class="card wallet">
          <PageTitle>{t('hi', { name: who.firstName })}</PageTitle>
          <p class="sub">{[who.name, who.department, who.number].filter(Boolean).join(' · ')}</p>
          <dl class="num">
            <dt>{t('balance')}</dt>
            <dd class="huge" data-cy="balance">
              {money(who.balance)}
            </dd>
            <dt>{t('spentMonth')}</dt>
            <dd>
              {who.monthlyLimit === null
                ? money(who.monthSpent)
                : t('ofLimit', { spent: money(who.monthSpent), limit: money(who.monthlyLimit) })}
            </dd>
          </dl>
          <button type="button" class="ghost" onClick={leave}>
            <Icon name="leave" />
            {t('signOut')}
          </button>
        </section>
        <section class="card past" aria-labelledby="past">
          <h2 id="past">{t('lastPurchases')}</h2>
          {!who.lastPurchases.length && <p class="empty">{t('noPurchases')}</p>}
          <ul>
            {who.lastPurchases.map((p) => (
              <Row key={p.id} purchase={p} />
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}

function Row({ purchase }: { purchase: Purchase }) {
  const undo = useMemo(() => createUndo(purchase, withPerson, () => void stayAlive()), [purchase.id]);
  return <PurchaseRow purchase={purchase} undo={undo} />;
}
