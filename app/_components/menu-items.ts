import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Refusal } from '~/server/domain/refusal';

/** What a menu can hold. Plain data, so that a closed menu costs nothing. */
export type MenuItem =
  | { kind: 'link'; label: string; icon: LucideIcon; href: string }
  | {
      kind: 'action';
      label: string;
      icon: LucideIcon;
      danger?: boolean;
      /** Why it cannot be done now; then it stays, and says so. */
      refusals?: readonly Refusal[];
      /** Verb and object, for the explanation, e.g. `Attach data-1`. */
      title?: string;
      onAct: () => void;
    }
  | {
      kind: 'choices';
      value: string;
      onChange: (value: string) => void;
      choices: readonly { value: string; label: ReactNode; note?: string }[];
    }
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
  /** Items that are read when the menu is open; a hook, called on every render of the open menu. */
  | { kind: 'later'; useItems: () => readonly MenuItem[] }
  /** Stands in for so many items that are on their way. */
  | { kind: 'waiting'; count: number };
