'use client';

import { clsx } from 'clsx';
import { Check, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useRef, useState } from 'react';
import type { Refusal } from '~/server/domain/refusal';
import { spokenReasons } from './action-button';
import { useReasons } from './reasons';

/** A list of verbs behind one button. */
export function Menu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  side?: 'bottom' | 'top' | 'right';
}) {
  const button = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<Element | null>(null);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={() => setPlace(placeOf(button.current))}>
      <DropdownMenu.Trigger ref={button} asChild>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={place}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-enter overflow-y-auto rounded-lg border bg-raised p-1 text-sm shadow-raised"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A menu belongs to the dialog that it was opened in, or to the main part of the page; outside, it would be nowhere. */
function placeOf(button: HTMLElement | null): Element | null {
  return button?.closest('[role=dialog]') ?? document.getElementById('content');
}

const ITEM =
  'flex min-h-7 w-full select-none items-center gap-2 rounded px-2 py-1 text-left outline-none data-[highlighted]:bg-hover';

/** A verb in a menu; a refused one stays, says why beneath itself, and shows the remedies when pressed. */
export function MenuAction({
  icon: Icon,
  children,
  refusals = [],
  title,
  danger = false,
  onAct,
}: {
  icon: LucideIcon;
  children: ReactNode;
  refusals?: readonly Refusal[];
  title?: string;
  danger?: boolean;
  onAct: () => void;
}) {
  const reasons = useReasons();
  const item = useRef<HTMLDivElement>(null);
  const [first] = refusals;
  const trigger = () => {
    const menu = item.current?.closest('[role=menu]');
    return document.getElementById(menu?.getAttribute('aria-labelledby') ?? '') ?? document.body;
  };
  return (
    <DropdownMenu.Item
      ref={item}
      aria-disabled={first !== undefined}
      onSelect={() => {
        if (first === undefined) return onAct();
        // After the menu has closed and given the focus back, or it would take it from the popover.
        const anchor = trigger();
        setTimeout(() => reasons.pin(anchor, { title: title ?? 'This', refusals }));
      }}
      className={clsx(ITEM, first !== undefined ? 'items-start text-faint' : danger && 'text-error')}
    >
      <Icon aria-hidden className={clsx('size-4 shrink-0', first !== undefined && 'mt-px')} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{children}</span>
        {first === undefined ? null : (
          <span className="mt-0.5 block text-muted text-xs">
            {first.message}
            {refusals.length > 1 ? (
              <span className="sr-only"> {spokenReasons(refusals.slice(1))}</span>
            ) : null}
            {refusals.length > 1 ? <span aria-hidden> And {refusals.length - 1} more.</span> : null}
          </span>
        )}
      </span>
    </DropdownMenu.Item>
  );
}

export function MenuLink({
  icon: Icon,
  href,
  children,
}: {
  icon: LucideIcon;
  href: string;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item asChild>
      <Link href={href} className={ITEM}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{children}</span>
      </Link>
    </DropdownMenu.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 py-1 text-faint text-xs">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

/** One of several, of which exactly one holds. */
export function MenuChoices<Value extends string>({
  value,
  onChange,
  choices,
}: {
  value: Value;
  onChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode; note?: string }[];
}) {
  return (
    <DropdownMenu.RadioGroup
      value={value}
      onValueChange={(chosen) => {
        const choice = choices.find((each) => each.value === chosen);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={ITEM}>
          <span className="grid size-4 place-items-center">
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden className="size-4 text-accent-ink" />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className="min-w-0 flex-1 truncate">{choice.label}</span>
          {choice.note === undefined ? null : <span className="text-faint text-xs">{choice.note}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
