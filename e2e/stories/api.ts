/** The console's API without the console: what somebody sends who does not keep to its buttons. */

import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { simulatedFaults } from '~/db/schema/simulator';
import type { DriverCall } from '~/server/domain/driver-call';
import type { Cloud } from './cloud';

export interface Answer {
  status: number;
  /** tRPC code of the error; null for success. */
  code: string | null;
  message: string | null;
  data: unknown;
}

/** @param path e.g. `volumes.get` */
export async function ask(request: APIRequestContext, path: string, input: unknown): Promise<Answer> {
  const response = await request.get(`/api/trpc/${path}`, { params: { input: JSON.stringify(input) } });
  return read(response.status(), await response.json());
}

/** @param headers in place of the ones that the console sends */
export async function tell(
  request: APIRequestContext,
  path: string,
  input: unknown,
  headers: Record<string, string> = { 'x-mooring-request': 'story' },
): Promise<Answer> {
  const response = await request.post(`/api/trpc/${path}`, { data: input as object, headers });
  return read(response.status(), await response.json());
}

function read(status: number, body: unknown): Answer {
  const { result, error } = body as {
    result?: { data?: unknown };
    error?: { message?: string; data?: { code?: string } };
  };
  return {
    status,
    code: error?.data?.code ?? null,
    message: error?.message ?? null,
    data: result?.data ?? null,
  };
}

/** Makes the backend fail the next time it is asked for this about the volume. */
export async function planFault(
  { database }: Cloud,
  volumeId: string,
  call: DriverCall,
  message: string,
  { retryable = false } = {},
): Promise<void> {
  await database.orm
    .insert(simulatedFaults)
    .values({ id: randomUUID(), call, volumeId, message, retryable, remaining: 1, createdBy: 'story' });
}
