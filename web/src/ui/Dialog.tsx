// SPDX-License-Identifier: MIT
/* Dialog.tsx - a native modal dialog: the browser traps focus and closes on Escape. */
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

interface Props {
  title: string;
  /** Escape; without it the dialog stays. */
  onClose?: () => void;
  /** Errors interrupt, everything else does not. */
  alert?: boolean;
  wide?: boolean;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, alert, wide, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('h2')?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      {...(alert ? { role: 'alertdialog' as const } : {})}
      onCancel={(e) => {
        e.preventDefault();
        onClose?.();
      }}
    >
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
