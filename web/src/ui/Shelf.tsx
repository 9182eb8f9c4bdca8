// SPDX-License-Identifier: MIT
/* Shelf.tsx - categories above, products below. One product is in the tab order; the arrow keys
 * move between products (roving tabindex). */
import { useSignal } from '@preact/signals';
import type { Catalogue, Category, Product } from '../api/types';
import { t } from '../app/i18n';
import type { Key } from '../app/i18n';
import { fold } from '../app/fold';
import { hasEmoji } from '../app/emoji';
import { moveFocus } from './grid';
import { glazeOf } from './Plate';
import { Tile } from './Tile';

interface Props {
  catalogue: Catalogue;
  usuals: number[];
  quantity: (productId: number) => number;
  countKey: Key;
  search: string;
  onTap: (p: Product) => void;
  /** "+" and "-" on a focused tile. */
  onStep: (p: Product, by: 1 | -1) => void;
}

interface Section {
  id: number;
  title: string;
  hint: string;
  products: Product[];
}

const FOR_YOU = 0;
const OWN_NAMES: Record<string, Key> = { food: 'catFood', beverage: 'catBeverage', snack: 'catSnack' };

export function categoryName(c: Category): string {
  const key = OWN_NAMES[c.name];
  return key ? t(key) : c.name.charAt(0).toUpperCase() + c.name.slice(1);
}

export function Shelf(props: Props) {
  const { catalogue } = props;
  const chosen = useSignal(FOR_YOU);
  const focused = useSignal(0);
  const sections = props.search ? found(props) : sectionsOf(props, chosen.value);
  const shown = sections.flatMap((s) => s.products).filter((p) => p.available);
  const entry = shown.some((p) => p.id === focused.value) ? focused.value : shown[0]?.id;

  function onKeyDown(e: KeyboardEvent): void {
    const id = Number((e.target as HTMLElement).dataset['product']);
    const product = shown.find((p) => p.id === id);
    if (product && (e.key === '+' || e.key === '-')) {
      e.preventDefault();
      props.onStep(product, e.key === '+' ? 1 : -1);
    } else {
      moveFocus(e);
    }
  }

  return (
    <>
      <Tabs
        catalogue={catalogue}
        usuals={props.usuals}
        chosen={props.search ? -1 : chosen.value}
        onChoose={(id) => (chosen.value = id)}
      />
      <div
        class="scroll"
        onKeyDown={onKeyDown}
        onFocusIn={(e) => (focused.value = Number((e.target as HTMLElement).dataset['product']) || focused.value)}
      >
        {sections.map((s) => (
          <section key={s.id} aria-labelledby={`sect-${s.id}`}>
            <div class="sect">
              <h2 id={`sect-${s.id}`}>{s.title}</h2>
              <span>{s.hint}</span>
            </div>
            <ul class="grid">
              {s.products.map((p) => (
                <Tile
                  key={p.id}
                  product={p}
                  glaze={glazeOf(p, catalogue)}
                  quantity={props.quantity(p.id)}
                  countText={t(props.countKey, { n: props.quantity(p.id) })}
                  tabbable={p.id === entry}
                  onTap={props.onTap}
                />
              ))}
            </ul>
          </section>
        ))}
        {!sections.length && (
          <p class="empty">{props.search ? t('noMatch', { q: props.search }) : t('noProducts')}</p>
        )}
      </div>
    </>
  );
}

interface TabsProps {
  catalogue: Catalogue;
  usuals: number[];
  chosen: number;
  onChoose: (id: number) => void;
}

function Tabs({ catalogue, usuals, chosen, onChoose }: TabsProps) {
  const used = usedCategories(catalogue);
  const tab = (id: number, emoji: string | null, name: string) => (
    <button type="button" key={id} class="cat" aria-pressed={chosen === id} onClick={() => onChoose(id)}>
      {hasEmoji && emoji && <i aria-hidden="true">{emoji}</i>}
      {name}
    </button>
  );
  return (
    <div class="cats" role="group" aria-label={t('categories')}>
      {usuals.length ? tab(FOR_YOU, '⭐', t('forYou')) : tab(FOR_YOU, null, t('all'))}
      {used.map((c) => tab(c.id, c.emoji, categoryName(c)))}
    </div>
  );
}

function usedCategories(catalogue: Catalogue): Category[] {
  return catalogue.categories.filter((c) => catalogue.products.some((p) => p.categoryId === c.id));
}

/** "For you" is the usuals and then everything else; a product is never shown twice. */
function sectionsOf({ catalogue, usuals }: Props, chosen: number): Section[] {
  const sections: Section[] = [];
  const own = chosen === FOR_YOU ? usuals : [];
  const favourites = own
    .map((id) => catalogue.products.find((p) => p.id === id))
    .filter((p): p is Product => !!p);
  if (favourites.length) {
    sections.push({ id: 0, title: t('usuals'), hint: t('oneTap'), products: favourites });
  }
  for (const c of usedCategories(catalogue)) {
    if (chosen !== FOR_YOU && chosen !== c.id) continue;
    const products = catalogue.products.filter((p) => p.categoryId === c.id && !own.includes(p.id));
    if (products.length) sections.push({ id: c.id, title: categoryName(c), hint: '', products });
  }
  return sections;
}

function found({ catalogue, search }: Props): Section[] {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const products = catalogue.products.filter((p) => {
    const text = fold(`${p.name} ${p.description ?? ''} ${p.category}`);
    return words.every((w) => text.includes(w));
  });
  return products.length ? [{ id: -1, title: t('products'), hint: '', products }] : [];
}
