'use client';

import { type RefObject, useEffect } from 'react';
import { CodeBlock } from '~/app/_components/copyable';
import type { ActionName } from '~/server/domain/action';
import type { Answer, FormInput } from './action-types';

/** What somebody else has to be told to take a volume. */
export interface Offer {
  transferId: string;
  /** As it was typed: nothing keeps it. */
  authKey: string;
}

/** @returns what is to be handed on after this action; null when nothing is */
export function offerOf(action: ActionName, { authKey }: FormInput, { transferId }: Answer): Offer | null {
  if (action !== 'volume.create-transfer') return null;
  return typeof transferId === 'string' && typeof authKey === 'string' ? { transferId, authKey } : null;
}

/**
 * The end of an offer: what to tell whoever shall take the volume, while it is still known.
 * @param done ends it; gets the focus, for what had it has gone with the form
 */
export function OfferMade({
  offer: { transferId, authKey },
  done,
}: {
  offer: Offer;
  done: RefObject<HTMLElement | null>;
}) {
  useEffect(() => done.current?.focus(), [done]);
  return (
    <dl className="space-y-3 text-sm">
      <div>
        <dt className="mb-1 font-medium">Id of the transfer</dt>
        <dd>
          <CodeBlock code={transferId} label="id of the transfer" />
        </dd>
      </div>
      <div>
        <dt className="mb-1 font-medium">Key</dt>
        <dd>
          <CodeBlock code={authKey} label="key" />
          <p className="mt-1 text-muted text-xs">
            It is shown only now. Whoever loses it asks for a new offer; the id stays on the page of the
            volume.
          </p>
        </dd>
      </div>
      <div>
        <dt className="mb-1 font-medium">The same for a terminal</dt>
        <dd>
          <CodeBlock
            code={`openstack volume transfer request accept --auth-key ${quoted(authKey)} ${transferId}`}
            label="command"
          />
        </dd>
      </div>
    </dl>
  );
}

/** @returns the text as a shell reads one word */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
