// SPDX-License-Identifier: MIT
/* grid.ts - arrow keys in a wrapped grid of tiles: left and right by order, up and down to the
 * nearest tile of the next row, Home and End to the ends. */

export function moveFocus(e: KeyboardEvent): void {
  const from = e.target as HTMLElement;
  if (!from.matches('.tile')) return;
  const tiles = [...(e.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.tile:not(:disabled)')];
  const next = neighbour(tiles, from, e.key);
  if (!next) return;
  e.preventDefault();
  next.focus();
}

function neighbour(tiles: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = tiles.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return tiles[at + 1];
    case 'ArrowLeft':
      return tiles[at - 1];
    case 'ArrowDown':
      return rowNeighbour(tiles.slice(at + 1), from);
    case 'ArrowUp':
      return rowNeighbour(tiles.slice(0, at).reverse(), from);
    case 'Home':
      return tiles[0];
    case 'End':
      return tiles[tiles.length - 1];
    default:
      return undefined;
  }
}

/** Of the first row among `candidates` that is not `from`'s row, the tile closest in column. */
function rowNeighbour(candidates: HTMLElement[], from: HTMLElement): HTMLElement | undefined {
  const own = from.getBoundingClientRect();
  const rects = candidates.map((el) => ({ el, rect: el.getBoundingClientRect() }));
  const row = rects.find(({ rect }) => Math.abs(rect.top - own.top) > 4)?.rect.top;
  if (row === undefined) return undefined;
  const inRow = rects.filter(({ rect }) => Math.abs(rect.top - row) <= 4);
  inRow.sort((a, b) => Math.abs(a.rect.left - own.left) - Math.abs(b.rect.left - own.left));
  return inRow[0]?.el;
}
