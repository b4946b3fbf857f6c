'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { useFollowed } from '~/app/_live/followed-operations';

const OperationToasts = dynamic(() => import('./operation-toasts').then((file) => file.OperationToasts), {
  ssr: false,
});

/** Notes on operations, from the first one on. */
export function OperationNotes() {
  const followed = useFollowed();
  const [started, setStarted] = useState(false);
  useEffect(() => {
    if (followed.length > 0) setStarted(true);
  }, [followed]);
  return started ? <OperationToasts /> : null;
}
