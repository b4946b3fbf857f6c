'use client';

import { useEffect, useState } from 'react';

/**
 * A value that follows another once that has come to rest.
 * @param ms how long it has to rest
 */
export function useDebounced<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
