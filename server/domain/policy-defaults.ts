/**
 * Who may do what unless the policy file says otherwise: upstream's names with upstream's defaults, as data.
 */
import { COMPUTE_POLICIES } from './policy-compute';
import { IDENTITY_POLICIES } from './policy-identity';
import { STORAGE_POLICIES } from './policy-storage';

/** The roles of a project, then whoever has any of them, then a caller that came with a valid service token. */
export const GRANTS = ['admin', 'member', 'reader', 'owner', 'service'] as const;
export type Grant = (typeof GRANTS)[number];

/** Who may: one kind of caller, or any of several. An empty list is nobody. */
export type PolicyRule = Grant | readonly Grant[];

/** By whose API each rule is asked. */
export const POLICY_SERVICES = {
  compute: COMPUTE_POLICIES,
  storage: STORAGE_POLICIES,
  images: {
    get_images: 'reader',
    get_image: 'reader',
    delete_image: 'member',
  },
  identity: IDENTITY_POLICIES,
  mooring: { 'mooring:simulator': 'admin' },
} as const satisfies Record<string, Record<string, PolicyRule>>;

export const POLICY_DEFAULTS = {
  ...POLICY_SERVICES.compute,
  ...POLICY_SERVICES.storage,
  ...POLICY_SERVICES.images,
  ...POLICY_SERVICES.identity,
  ...POLICY_SERVICES.mooring,
} as const satisfies Record<string, PolicyRule>;
export type PolicyName = keyof typeof POLICY_DEFAULTS;

/** Rules that differ from their defaults. */
export type PolicyRules = Readonly<Partial<Record<PolicyName, PolicyRule>>>;
