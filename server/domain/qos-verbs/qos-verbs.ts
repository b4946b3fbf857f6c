/**
 * Everything that is done with quality of service.
 */
import type { AnyVerb } from '../engine/verb';
import type { VerbName } from '../verb-catalogue';
import { associateQos, disassociateAllQos, disassociateQos } from './associate-qos';
import { createQos, deleteQos, unsetQosKeys, updateQos } from './edit-qos';

export const QOS_VERBS = {
  'volume-type.associate-qos': associateQos,
  'volume-type.disassociate-qos': disassociateQos,
  'qos-specs.create': createQos,
  'qos-specs.update': updateQos,
  'qos-specs.unset-keys': unsetQosKeys,
  'qos-specs.disassociate-all': disassociateAllQos,
  'qos-specs.delete': deleteQos,
} satisfies Partial<Record<VerbName, AnyVerb>>;
