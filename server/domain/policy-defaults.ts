/**
 * Who may do what unless the policy file says otherwise: upstream's names with upstream's defaults, as data.
 */
import { COMPUTE_POLICIES } from './policy-compute';
import { STORAGE_POLICIES } from './policy-storage';

/** The roles of a project, then whoever has any of them, then a caller that came with a valid service token. */
export const GRANTS = ['admin', 'member', 'reader', 'owner', 'service'] as const;
export type Grant = (typeof GRANTS)[number];

/** Who may: one kind of caller, or any of several. An empty list is nobody. */
export type PolicyRule = Grant | readonly Grant[];

export const POLICY_DEFAULTS = {
  ...COMPUTE_POLICIES,
  ...STORAGE_POLICIES,
  // Cinder checks nothing here: any role in the project is enough.
  'volume:attachment_list': 'owner',
  get_images: 'reader',
  get_image: 'reader',
  add_image: 'member',
  modify_image: 'member',
  delete_image: 'member',
  publicize_image: 'admin',
  'identity:list_projects': 'admin',
  'mooring:simulator': 'admin',
} as const satisfies Record<string, PolicyRule>;
export type PolicyName = keyof typeof POLICY_DEFAULTS;

/** Rules that differ from their defaults. */
export type PolicyRules = Readonly<Partial<Record<PolicyName, PolicyRule>>>;
