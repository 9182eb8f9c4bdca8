// SPDX-License-Identifier: MIT
/* Attract.tsx - nobody is here: the whole screen is one button, and the reader listens. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { money, site } from '../app/site';
import { PageTitle } from '../ui/PageTitle';
import { Plate, glazeOf } from '../ui/Plate';
import { Bar } from './Bar';
import { Reader } from './Reader';
import { begin } from './flow';
import { catalogue, waiting } from './state';

const TURN_MS = 8000;

export function Attract() {
  const badge = site.value?.identify.badge ?? true;
  const open = waiting.value[0];
  return (
    <div class="stage">
      <Bar />
      <main class="attract">
        <div class="call">
          <p class="place">{site.value?.siteName}</p>
          <PageTitle id="call">{badge ? t('scanBadge') : t('touchToStart')}</PageTitle>
          <button
            type="button"
            class="big start"
            id="start"
            aria-labelledby={badge ? 'call start' : undefined}
            onClick={begin}
          >
            {badge ? t('orTouch') : t('touchToStart')}
          </button>
          {badge && <Reader />}
        </div>
        <Dish />
        <p class="foot">
          <span class="dot" /> {open ? t('pendingNotice', { name: open.firstName }) : t('ready')}
        </p>
      </main>
    </div>
  );
}

/** A dish of today on a large plate; the next one every eight seconds, unless motion is unwanted. */
function Dish() {
  const turn = useSignal(0);
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const timer = setInterval(() => (turn.value += 1), TURN_MS);
    return () => clearInterval(timer);
  }, []);
  const dishes = catalogue.value.products.filter((p) => p.available);
  const dish = dishes[(turn.value * 7) % Math.max(1, dishes.length)];
  if (!dish) return <div class="dish" />;
  return (
    <figure class={`dish g-${glazeOf(dish, catalogue.value)}`} key={dish.id}>
      <Plate kind="plate" name={dish.name} emoji={dish.emoji} />
      <figcaption>
        <span>{t('today')}</span>
        <b>{dish.name}</b>
        <span class="price num">{money(dish.price)}</span>
      </figcaption>
    </figure>
  );
}
