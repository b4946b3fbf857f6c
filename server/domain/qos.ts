/**
 * Quality of service: who keeps to it. Hosts are told of what they keep to when they connect a volume.
 * Source: cinder/objects/fields.py, QoSConsumerValues; cinder/volume/manager.py, _parse_connection_options
 */

export const QOS_CONSUMERS = ['front-end', 'back-end', 'both'] as const;
export type QosConsumer = (typeof QOS_CONSUMERS)[number];

/** Upstream's, when none is named. */
export const USUAL_CONSUMER: QosConsumer = 'back-end';

/** Those that are told to hosts. */
export const FRONT_END_CONSUMERS: readonly QosConsumer[] = ['front-end', 'both'];
