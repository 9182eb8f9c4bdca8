// SPDX-License-Identifier: MIT
/* Tray.tsx - what was chosen, its sum, and the button that goes on. Below 960 px it is a bar at the
 * bottom that opens into a sheet. */
import { useSignal } from '@preact/signals';
import type { Catalogue } from '../api/types';
import { quantityOf } from '../app/cart';
import type { Line } from '../app/cart';
import { t } from '../app/i18n';
import type { Key } from '../app/i18n';
import { money } from '../app/site';
import type { Tray as TrayState } from '../app/tray';
import { Icon } from './Icon';
import { Plate, glazeOf } from './Plate';

interface Props {
  tray: TrayState;
  catalogue: Catalogue;
  /** null hides "balance after". */
  balance: number | null;
  words: { title: Key; empty: Key; show: Key; status: Key; go: Key };
  /** Replaces the button's words and disables it. */
  blocked: string | null;
  onGo: () => void;
}

export function Tray({ tray, catalogue, balance, words, blocked, onGo }: Props) {
  const open = useSignal(false);
  const { count, total, due, lines } = tray;
  const after = balance === null ? null : balance - due.value;
  return (
    <aside class={`tray${open.value ? ' open' : ''}`} aria-label={t(words.title)}>
      <header>
        <h2>{t(words.title)}</h2>
        {count.value > 0 && (
          <button type="button" class="link" onClick={tray.clear}>
            {t('emptyIt')}
          </button>
        )}
      </header>
      {count.value ? (
        <ul class="lines">
          {lines.value.map((l) => (
            <TrayLine key={l.productId} line={l} tray={tray} catalogue={catalogue} />
          ))}
        </ul>
      ) : (
        <div class="lines empty">
          <Icon name="tray" />
          <p>{t(words.empty)}</p>
        </div>
      )}
      <div class="sum">
        <dl class="num">
          <dt class="tot">{t(due.value === total.value ? 'total' : 'yourPart')}</dt>
          <dd class="tot">{money(due.value)}</dd>
          {after !== null && <dt>{t('balanceAfter')}</dt>}
          {after !== null && <dd class={after < 0 ? 'bad' : ''}>{money(after)}</dd>}
        </dl>
        <button
          type="button"
          class="peek"
          aria-expanded={open.value}
          onClick={() => (open.value = !open.value)}
        >
          <Icon name={open.value ? 'close' : 'tray'} />
          <span class="vh">{t(words.show, { n: count.value })}</span>
          {count.value > 0 && (
            <b class="num" aria-hidden="true">
              {count.value}
            </b>
          )}
        </button>
        <button
          type="button"
          class="pay"
          data-cy="checkout"
          disabled={!count.value || blocked !== null}
          onClick={onGo}
        >
          <span>{blocked ?? t(words.go)}</span>{' '}
          {blocked === null && (
            <span class="num">
              {money(due.value)} <Icon name="arrow" />
            </span>
          )}
        </button>
      </div>
      <TrayStatus tray={tray} status={words.status} />
    </aside>
  );
}

function TrayLine({ line, tray, catalogue }: { line: Line; tray: TrayState; catalogue: Catalogue }) {
  const { productId, name, price, quantity } = line;
  const product = catalogue.products.find((p) => p.id === productId);
  return (
    <li class={`line g-${product ? glazeOf(product, catalogue) : 'meal'}`}>
      <Plate kind="mini" name={name} emoji={product?.emoji ?? null} />
      <div>
        <b>{name}</b>
        <small class="num">{quantity > 1 ? `${quantity} × ${money(price)}` : money(price)}</small>
      </div>
      <div class="step" role="group" aria-label={t('quantityOf', { name })}>
        <button type="button" aria-label={t('less', { name })} onClick={() => tray.change(productId, -1)}>
          <Icon name="minus" />
        </button>
        <span class="num">{quantity}</span>
        <button type="button" aria-label={t('more', { name })} onClick={() => tray.change(productId, 1)}>
          <Icon name="plus" />
        </button>
      </div>
    </li>
  );
}

/** Says for the ear what the eye sees move. */
function TrayStatus({ tray, status }: { tray: TrayState; status: Key }) {
  const id = tray.touched.value;
  const line = tray.lines.value.find((l) => l.productId === id);
  const args = line && { name: line.name, n: quantityOf(tray.lines.value, line.productId), total: money(tray.due.value) };
  return (
    <p class="vh" role="status">
      {args ? t(status, args) : ''}
    </p>
  );
}
