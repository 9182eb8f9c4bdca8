// SPDX-License-Identifier: MIT
/* Later.tsx - a screen in a chunk of its own, loaded when it is first shown. What it needs of the
 * chunk that shows it is handed over as `props`: an import would split that chunk too. */
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { Waiting } from './Waiting';

export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, props: P): ComponentType {
  const shown = signal<ComponentType<P> | null>(null);
  let loading = false;
  const fetchIt = (): void => {
    loading = true;
    load().then(
      (module) => (shown.value = module.default),
      () => setTimeout(fetchIt, 2000),
    );
  };
  return function Later() {
    const Screen = shown.value;
    if (!Screen && !loading) fetchIt();
    return Screen ? <Screen {...props} /> : <Waiting />;
  };
}
