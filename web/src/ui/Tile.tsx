// SPDX-License-Identifier: MIT
/* Tile.tsx - one product; the whole tile is the button. */
import type { Product } from '../api/types';
import { t } from '../app/i18n';
import { money } from '../app/site';
import { Plate } from './Plate';

interface Props {
  product: Product;
  glaze: string;
  quantity: number;
  /** The words after the count, as "{n} on your tray". */
  countText: string;
  tabbable: boolean;
  onTap: (p: Product) => void;
}

/** Longer prices are set smaller so that they stay beside the plate. */
const LONG_PRICE = 6;

export function Tile({ product, glaze, quantity, countText, tabbable, onTap }: Props) {
  const price = money(product.price);
  return (
    <li data-cy="product-card">
      <button
        type="button"
        class={`tile g-${glaze}${quantity ? ' in' : ''}`}
        data-cy={`product-${product.id}`}
        data-product={product.id}
        disabled={!product.available}
        tabIndex={tabbable ? 0 : -1}
        onClick={() => onTap(product)}
      >
        <span class="name">{product.name}</span>{' '}
        <span class="side">
          <span class={`price num${price.length > LONG_PRICE ? ' long' : ''}`}>{price}</span>{' '}
          {!product.available && <span class="tag">{t('soldOut')}</span>}
        </span>{' '}
        <Plate kind="plate" name={product.name} emoji={product.emoji}>
          {quantity > 0 && (
            <span class="qty num">
              <span aria-hidden="true">{quantity}</span>
              <span class="vh">{countText}</span>
            </span>
          )}
        </Plate>
      </button>
    </li>
  );
}
