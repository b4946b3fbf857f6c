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
export type SnapshotRow = Outputs['snapshots']['list']['rows'][number];
export type SnapshotDetail = Outputs['snapshots']['get'];
export type VolumeTypeRow = Outputs['volumeTypes']['list']['rows'][number];
export type QosRow = Outputs['volumeTypes']['qosSpecs'][number];
export type VolumeTypeDetail = Outputs['volumeTypes']['get'];
export type ImageRow = Outputs['images']['list']['rows'][number];
export type ImageDetail = Outputs['images']['get'];
export type FlavorRow = Outputs['flavors']['list']['rows'][number];
export type HostRow = Outputs['hosts']['list']['rows'][number];
export type PoolRow = Outputs['pools']['list']['rows'][number];
export type ServiceRow = Outputs['services']['list']['rows'][number];
export type PolicyRow = Outputs['policy']['list']['rows'][number];
export type QuotaRow = Outputs['quotas']['current'];
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
