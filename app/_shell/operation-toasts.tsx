'use client';

import { useEffect, useRef } from 'react';
import { Toaster, toast } from 'sonner';
import { unfollow, useFollowed } from '~/app/_live/followed-operations';
import { OperationToast } from './operation-toast';

/** One note an operation, changed in place until it has ended; not lost by going to another page. */
export function OperationToasts() {
  const followed = useFollowed();
  const shown = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, title } of followed) {
      if (shown.current.has(id)) continue;
      shown.current.add(id);
      toast.custom(() => <OperationToast id={id} title={title} onDone={() => toast.dismiss(id)} />, {
        id,
        duration: Number.POSITIVE_INFINITY,
        onDismiss: () => unfollow(id),
      });
    }
  }, [followed]);
  return (
    <Toaster
      position="bottom-right"
      expand
      style={{ fontFamily: 'inherit' }}
      gap={8}
      offset={{ bottom: 56, right: 16 }}
      mobileOffset={{ bottom: 56, left: 12, right: 12 }}
      containerAriaLabel="Notifications"
    />
  );
}
