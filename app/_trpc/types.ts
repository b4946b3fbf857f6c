/**
 * The shapes that cross the wire, by procedure.
 */
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '~/server/trpc/router';

export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

export type Session = NonNullable<Outputs['session']['current']>;
export type ServerRow = Outputs['servers']['list']['rows'][number];
export type ServerDetail = Outputs['servers']['get'];
export type VolumeRow = Outputs['volumes']['list']['rows'][number];
export type VolumeDetail = Outputs['volumes']['get'];
export type AttachmentRow = Outputs['attachments']['list']['rows'][number];
export type OperationRow = Outputs['operations']['list']['rows'][number];
export type OperationDetail = Outputs['operations']['get'];
export type Explanation = Outputs['attachments']['explainAttach'];
export type FaultRow = Outputs['simulator']['faults'][number];

/** What every list answers. */
export interface PageOf<Row> {
  rows: Row[];
  next: string | null;
  previous: string | null;
  total: { count: number; capped: boolean };
}
