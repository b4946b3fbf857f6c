/**
 * The one network there is to the compute API: servers here have no addresses, but clients ask for a network to put
 * them in.
 */
export const NETWORK = {
  id: '6d6f6f72-696e-4670-8000-6e6574776f72',
  label: 'private',
} as const;
