// SPDX-License-Identifier: MIT
/* NotFound.tsx - no such page. */
import { t } from '../app/i18n';
import { PageTitle } from './PageTitle';
import { Page } from './Page';

export default function NotFound() {
  return (
    <Page>
      <section class="card notice">
        <p class="huge num" aria-hidden="true">
          404
        </p>
        <PageTitle>{t('notFoundTitle')}</PageTitle>
        <p>{t('notFoundText')}</p>
        <a class="big" href="/">
          {t('notFoundGo')}
        </a>
      </section>
    </Page>
  );
}
