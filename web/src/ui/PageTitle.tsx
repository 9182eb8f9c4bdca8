// SPDX-License-Identifier: MIT
/* PageTitle.tsx - the h1 of a screen; takes the focus when the screen appears, so that the keyboard
 * and a screen reader start at its top, and names the tab. */
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { site } from '../app/site';

interface Props {
  children: ComponentChildren;
  id?: string;
  hidden?: boolean;
}

export function PageTitle({ children, id, hidden }: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    ref.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    const place = site.value?.siteName ?? 'FeastFrenzy';
    document.title = `${ref.current?.textContent ?? ''} · ${place}`;
  });
  return (
    <h1 ref={ref} id={id} tabIndex={-1} class={hidden ? 'vh' : ''}>
      {children}
    </h1>
  );
}
