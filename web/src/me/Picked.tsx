// SPDX-License-Identifier: MIT
/* Picked.tsx - the product that was tapped: how many, and into the cart. */
import { useSignal } from '@preact/signals';
import type { Product } from '../api/types';
import { MAX_QUANTITY } from '../app/cart';
import { t } from '../app/i18n';
import { money } from '../app/site';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { Plate, glazeOf } from '../ui/Plate';
import { cart, catalogue, picked } from './state';

const close = () => (picked.value = null);

export function Picked() {
  return picked.value && <Pick key={picked.value.id} product={picked.value} />;
}

function Pick({ product }: { product: Product }) {
  const n = useSignal(1);
  const { name } = product;
  const glaze = catalogue.value ? glazeOf(product, catalogue.value) : 'meal';
  function add(): void {
    cart.add(product, n.value);
    close();
  }
  return (
    <Dialog title={name} onClose={close}>
      <div class={`pick g-${glaze}`}>
        <Plate kind="plate" name={name} emoji={product.emoji} />
        <div>
          {product.description && <p>{product.description}</p>}
          <p class="price num">{money(product.price)}</p>
        </div>
        <div class="step" role="group" aria-label={t('quantityOf', { name })}>
          <button type="button" aria-label={t('less', { name })} disabled={n.value <= 1} onClick={() => n.value--}>
            <Icon name="minus" />
          </button>
          <span class="num" role="status">
            {n.value}
          </span>
          <button
            type="button"
            aria-label={t('more', { name })}
            disabled={n.value >= MAX_QUANTITY}
            onClick={() => n.value++}
          >
            <Icon name="plus" />
          </button>
        </div>
      </div>
      <div class="actions">
        <button type="button" class="big" data-cy="add-to-cart" onClick={add}>
          {t('addToCart')} <span class="num">{money(product.price * n.value)}</span>
        </button>
        <button type="button" class="big second" onClick={close}>
          {t('cancel')}
        </button>
      </div>
    </Dialog>
  );
}
