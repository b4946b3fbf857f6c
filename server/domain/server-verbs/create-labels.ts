/**
 * What a request says of a new server that no rule looks at: it is kept, and shown again.
 */
import type { Json } from '../connection';
import type { ServerLabels } from '../engine/world';

type Document = { readonly [key: string]: Json };

/** @returns those members that are what they should be; whoever sends others has been refused by the schema before */
export function labelsIn(document: Document | undefined): ServerLabels {
  const { diskConfig, launchIndex, tags, configDrive, ...texts } = document ?? {};
  return {
    ...(diskConfig === 'AUTO' || diskConfig === 'MANUAL' ? { diskConfig } : {}),
    ...(typeof launchIndex === 'number' ? { launchIndex } : {}),
    ...(typeof configDrive === 'boolean' ? { configDrive } : {}),
    ...(Array.isArray(tags) ? { tags: tags.filter((each) => typeof each === 'string') } : {}),
    ...textsIn(texts),
  };
}

const TEXTS = ['hostname', 'reservationId', 'userData', 'accessIpv4', 'accessIpv6'] as const;

function textsIn(document: Document): Partial<Record<(typeof TEXTS)[number], string>> {
  const entries = TEXTS.flatMap((name) => {
    const value = document[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
