// SPDX-License-Identifier: MIT
/* Plate.tsx - product art on its glaze: emoji where the machine can draw it, else initials. */
import type { Catalogue, Glaze, Product } from '../api/types';
import { hasEmoji } from '../app/emoji';
import { initialsOf } from '../app/fold';
import type { ComponentChildren } from 'preact';

export function glazeOf(product: Product, catalogue: Catalogue): Glaze {
  return product.glaze ?? catalogue.categories.find((c) => c.id === product.categoryId)?.glaze ?? 'meal';
}

interface Props {
  name: string;
  emoji: string | null;
  kind: 'plate' | 'mini';
  children?: ComponentChildren;
}

export function Plate({ name, emoji, kind, children }: Props) {
  const art = hasEmoji ? emoji : null;
  return (
    <span class={art ? kind : `${kind} txt`}>
      <span aria-hidden="true">{art ?? initialsOf(name)}</span>
      {children}
    </span>
  );
}
