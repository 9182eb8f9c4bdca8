// SPDX-License-Identifier: MIT
/* cart.ts - the arithmetic of a tray, without any screen: lines in, lines out. Prices are what the
 * catalogue said when the product was added; the server has the last word (expectedTotal). */
import type { Product, PurchaseBody } from '../api/types';

export const MAX_LINES = 50;
export const MAX_QUANTITY = 99;

export interface Line {
  productId: number;
  name: string;
  price: number;
  quantity: number;
}

export function countOf(lines: Line[]): number {
  return lines.reduce((sum, l) => sum + l.quantity, 0);
}

export function totalOf(lines: Line[]): number {
  return lines.reduce((sum, l) => sum + l.price * l.quantity, 0);
}

export function quantityOf(lines: Line[], productId: number): number {
  return lines.find((l) => l.productId === productId)?.quantity ?? 0;
}

/** Adds `n` of a product; a full tray or a full line is left as it is. */
export function added(lines: Line[], product: Product, n = 1): Line[] {
  const have = quantityOf(lines, product.id);
  if (have) return withQuantity(lines, product.id, have + n);
  if (lines.length >= MAX_LINES) return lines;
  const quantity = Math.min(n, MAX_QUANTITY);
  return [...lines, { productId: product.id, name: product.name, price: product.price, quantity }];
}

/** Sets a line's quantity; zero or less takes the line away. */
export function withQuantity(lines: Line[], productId: number, quantity: number): Line[] {
  if (quantity <= 0) return lines.filter((l) => l.productId !== productId);
  const capped = Math.min(quantity, MAX_QUANTITY);
  return lines.map((l) => (l.productId === productId ? { ...l, quantity: capped } : l));
}

/** One piece less of what came last onto the tray. */
export function withoutLast(lines: Line[]): Line[] {
  const last = lines[lines.length - 1];
  return last ? withQuantity(lines, last.productId, last.quantity - 1) : lines;
}

/** The same lines at the catalogue's prices of now. */
export function repriced(lines: Line[], products: Product[]): Line[] {
  return lines.map((l) => {
    const product = products.find((p) => p.id === l.productId);
    return product ? { ...l, price: product.price, name: product.name } : l;
  });
}

export function bodyOf(lines: Line[]): PurchaseBody {
  const items = lines.map((l) => ({ productId: l.productId, quantity: l.quantity }));
  return { items, expectedTotal: totalOf(lines) };
}
