// SPDX-License-Identifier: MIT
/* Waiting.tsx - a page that is not there yet: nothing to see, something to hear. */
import { t } from '../app/i18n';

export function Waiting() {
  return <main class="stage" aria-busy="true" aria-label={t('loading')} />;
}
