// SPDX-License-Identifier: MIT
/* Prefs.tsx - display and help, at the same place on every screen. */
import { signal } from '@preact/signals';
import { LOCALES, chooseLocale, locale, t } from '../app/i18n';
import { contrast, reach, size, theme } from '../app/look';
import type { Size, Theme } from '../app/look';
import { Choice, Switch } from './Choice';
import { Dialog } from './Dialog';
import { Icon } from './Icon';

const open = signal(false);

export function closePrefs(): void {
  open.value = false;
}

export function PrefsButton() {
  return (
    <button type="button" class="ghost round" onClick={() => (open.value = true)}>
      <Icon name="look" />
      <span class="vh">{t('prefs')}</span>
    </button>
  );
}

/** `shared`: at a kiosk the language is for this person only and reach mode is offered. */
export function PrefsDialog({ shared }: { shared: boolean }) {
  if (!open.value) return null;
  const themes: { id: Theme; text: string }[] = [
    { id: 'auto', text: t('themeAuto') },
    { id: 'light', text: t('themeLight') },
    { id: 'dark', text: t('themeDark') },
  ];
  const sizes: Size[] = ['100', '125', '150'];
  return (
    <Dialog title={t('prefs')} onClose={closePrefs} wide>
      <Choice
        label={t('language')}
        name="locale"
        value={locale.value}
        options={LOCALES.map((l) => ({ id: l.id, text: l.name, lang: l.id }))}
        onChoose={(id) => void chooseLocale(id, !shared)}
      />
      <Choice label={t('theme')} name="theme" value={theme.value} options={themes} onChoose={(id) => (theme.value = id)} />
      <Choice
        label={t('textSize')}
        name="size"
        value={size.value}
        options={sizes.map((id) => ({ id, text: `${id} %` }))}
        onChoose={(id) => (size.value = id)}
      />
      <Switch text={t('contrast')} on={contrast.value} onChange={(on) => (contrast.value = on)} />
      {shared && <Switch text={t('reach')} on={reach.value} onChange={(on) => (reach.value = on)} />}
      <section class="help">
        <h3>{t('help')}</h3>
        <p>{t('helpText')}</p>
      </section>
      <div class="actions">
        <button type="button" class="big" onClick={closePrefs}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}
