'use client';

import { clsx } from 'clsx';
import { Check, Minus } from 'lucide-react';
import { useActor } from '~/app/_shell/session-provider';
import type { PolicyRow } from '~/app/_trpc/types';
import { policyRefusal } from '~/server/domain/policy';
import type { Grant } from '~/server/domain/policy-defaults';

const WORDS: Record<Grant, string> = {
  admin: 'admin',
  member: 'member',
  reader: 'reader',
  owner: 'any role',
  service: 'a service token',
};

/** @returns e.g. `admin or a service token` */
export function whoText(grants: readonly Grant[]): string {
  return grants.length === 0 ? 'nobody' : grants.map((grant) => WORDS[grant]).join(' or ');
}

/** Who may now; marked where the policy file says so. */
export function WhoNow({ rule }: { rule: PolicyRow }) {
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2">
      <span className={clsx('truncate', rule.changed && 'font-medium')}>{whoText(rule.now)}</span>
      {rule.changed ? (
        <span className="shrink-0 rounded-full bg-attention-soft px-1.5 text-2xs text-attention">
          changed
        </span>
      ) : null}
    </span>
  );
}

/** Whether the rule lets in whoever looks, in the project they are in. */
export function YouMay({ rule }: { rule: PolicyRow }) {
  const may = policyRefusal(rule.id, useActor(), null) === null;
  const Icon = may ? Check : Minus;
  return (
    <span className="inline-flex items-center align-middle">
      <Icon aria-hidden className={clsx('size-4', may ? 'text-ok' : 'text-faint')} />
      <span className="sr-only">{may ? 'yes' : 'no'}</span>
    </span>
  );
}
