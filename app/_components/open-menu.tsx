'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import { type ReactElement, useLayoutEffect, useRef, useState } from 'react';
import { spokenReasons } from './action-button';
import type { MenuItem } from './menu-items';
import { useReasons } from './reasons';
import { SKELETON } from './skeleton';

type Item<Kind extends MenuItem['kind']> = Extract<MenuItem, { kind: Kind }>;

/** A menu that was opened once; loaded when that happens. */
export default function OpenMenu({
  button,
  items,
  align,
  side,
}: {
  button: ReactElement;
  items: () => readonly MenuItem[];
  align: 'start' | 'end';
  side: 'bottom' | 'top' | 'right';
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // Its place in the page is known only when its button is there.
  useLayoutEffect(() => setOpen(true), []);
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger ref={trigger} asChild>
        {button}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={placeOf(trigger.current)}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          // A long one scrolls, and then has to be reached; Tab does not lead into it, because a menu keeps Tab to itself.
          tabIndex={0}
          className="floats z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 animate-enter overflow-y-auto rounded-lg border p-1 text-sm shadow-raised outline-none"
        >
          {items().map((item, place) => (
            <ItemView key={keyOf(item, place)} item={item} trigger={trigger} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A menu belongs to the dialog that it was opened in, or to the main part of the page; outside, it would be nowhere. */
function placeOf(button: HTMLElement | null): Element | null {
  return button?.closest('[role=dialog]') ?? document.getElementById('content');
}

function keyOf(item: MenuItem, place: number): string {
  return 'label' in item ? `${item.kind} ${item.label}` : `${item.kind} ${place}`;
}

interface TriggerRef {
  current: HTMLElement | null;
}

function ItemView({ item, trigger }: { item: MenuItem; trigger: TriggerRef }) {
  switch (item.kind) {
    case 'link':
      return <LinkItem item={item} />;
    case 'action':
      return <ActionItem item={item} trigger={trigger} />;
    case 'choices':
      return <Choices item={item} />;
    case 'heading':
      return <DropdownMenu.Label className="px-2 py-1 text-faint text-xs">{item.label}</DropdownMenu.Label>;
    case 'line':
      return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
    case 'later':
      return <LaterItems useItems={item.useItems} trigger={trigger} />;
    case 'waiting':
      return <WaitingItems count={item.count} />;
  }
}

function LaterItems({ useItems, trigger }: { useItems: () => readonly MenuItem[]; trigger: TriggerRef }) {
  return useItems().map((item, place) => <ItemView key={keyOf(item, place)} item={item} trigger={trigger} />);
}

/** A menu may hold items only: what is waited for is one, and its shape is for the eye alone. */
function WaitingItems({ count }: { count: number }) {
  return (
    <>
      <DropdownMenu.Item disabled className="sr-only">
        Asking what can be done
      </DropdownMenu.Item>
      <div aria-hidden className="w-64 max-w-full">
        {SKELETON.slice(0, count).map((key, place) => (
          <span key={key} className="flex min-h-7 items-center gap-2 px-2 py-1">
            <span className="size-4 shrink-0 animate-breathe rounded bg-hover" />
            <span
              className="h-2.5 animate-breathe rounded bg-hover"
              style={{ width: `${35 + ((place * 23) % 45)}%` }}
            />
          </span>
        ))}
      </div>
    </>
  );
}

const ITEM =
  'flex min-h-7 w-full select-none items-center gap-2 rounded px-2 py-1 text-left outline-none data-[highlighted]:bg-hover';

function LinkItem({ item: { icon: Icon, href, label } }: { item: Item<'link'> }) {
  return (
    <DropdownMenu.Item asChild>
      <Link href={href} className={ITEM}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{label}</span>
      </Link>
    </DropdownMenu.Item>
  );
}

/** A verb; a refused one says why beneath itself, and shows the remedies when pressed. */
function ActionItem({ item, trigger }: { item: Item<'action'>; trigger: TriggerRef }) {
  const { icon: Icon, label, refusals = [], title = label, danger = false, onAct } = item;
  const reasons = useReasons();
  const [first, ...others] = refusals;
  function onSelect() {
    if (first === undefined) {
      onAct();
      return;
    }
    // After the menu has closed and given the focus back, or it would take it from the popover.
    setTimeout(() => {
      if (trigger.current !== null) reasons.pin(trigger.current, { title, refusals });
    });
  }
  return (
    <DropdownMenu.Item
      aria-disabled={first !== undefined}
      onSelect={onSelect}
      className={clsx(ITEM, first !== undefined ? 'items-start text-faint' : danger && 'text-error')}
    >
      <Icon aria-hidden className={clsx('size-4 shrink-0', first !== undefined && 'mt-px')} />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {first === undefined ? null : (
          <span className="mt-0.5 block text-muted text-xs">
            {first.message}
            {others.length === 0 ? null : (
              <>
                <span className="sr-only"> {spokenReasons(others)}</span>
                <span aria-hidden> And {others.length} more.</span>
              </>
            )}
          </span>
        )}
      </span>
    </DropdownMenu.Item>
  );
}

/** One of several, of which exactly one holds. */
function Choices({ item: { value, onChange, choices } }: { item: Item<'choices'> }) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
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
