'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import type { Refusal } from '~/server/domain/refusal';
import { type ButtonLook, buttonStyle } from './button';
import { useReasons } from './reasons';

/** @returns the reasons as one text, for whoever hears instead of sees them */
export function spokenReasons(refusals: readonly Refusal[]): string {
  return refusals
    .map(({ message, remedy }) =>
      remedy === undefined
        ? message
        : `${message} ${remedy.kind === 'advice' ? remedy.text : `${remedy.label}.`}`,
    )
    .join(' ');
}

/**
 * A verb. When the rules refuse it, it stays where it is, can still be reached, and says why on hover, focus and press.
 * @param title verb and object, e.g. `Attach data-1`
 * @param verb lets the keyboard find it in its row
 */
export function ActionButton({
  children,
  title,
  refusals,
  onAct,
  verb,
  look,
  size,
  className,
}: ButtonLook & {
  children: ReactNode;
  title: string;
  refusals: readonly Refusal[];
  onAct: () => void;
  verb?: 'attach' | 'detach';
  className?: string;
}) {
  const reasons = useReasons();
  const id = useId();
  const refused = refusals.length > 0;
  if (!refused) {
    return (
      <button
        type="button"
        data-verb={verb}
        onClick={onAct}
        className={clsx(buttonStyle({ look, size }), className)}
      >
        {children}
      </button>
    );
  }
  const reason = { title, refusals };
  return (
    <>
      <button
        type="button"
        data-verb={verb}
        aria-disabled
        aria-describedby={id}
        onClick={(event) => reasons.pin(event.currentTarget, reason)}
        onPointerEnter={(event) => {
          if (event.pointerType === 'mouse') reasons.peek(event.currentTarget, reason);
        }}
        onPointerLeave={reasons.leave}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) reasons.peek(event.currentTarget, reason);
        }}
        onBlur={reasons.leave}
        className={clsx(buttonStyle({ look, size }), className)}
      >
        {children}
      </button>
      <span id={id} hidden>
        {spokenReasons(refusals)}
      </span>
    </>
  );
}
