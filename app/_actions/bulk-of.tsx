'use client';

import dynamic from 'next/dynamic';
import type { BulkNoun, BulkObject } from './bulk-choice';

// Most visits select nothing; lists do not carry it.
const BulkActions = dynamic(() => import('./bulk-actions').then((file) => file.BulkActions), { ssr: false });

interface BarProps {
  objects: readonly BulkObject[];
  onClear: () => void;
}

/** @returns what a list of these objects shows while some are selected */
export function bulkOf(kind: BulkNoun) {
  return function Bar({ objects, onClear }: BarProps) {
    return <BulkActions kind={kind} objects={objects} onClear={onClear} />;
  };
}
