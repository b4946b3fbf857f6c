/**
 * The architecture, executable: who may import whom. Every rule is an error, with the sentence that explains it.
 * Checked by `npm run check` with dependency-cruiser.
 */

/** Only what runs in production; tests and fixtures may reach into any layer below the one they test. */
const notTests = '\\.test\\.tsx?$';

/**
 * @param {string} name @param {string} comment @param {string} from folder that is restricted
 * @param {string} to what it must not import @param {string} [except] part of `to` that is allowed
 * @param {boolean} [typesAllowed] whether `import type` is allowed all the same
 */
function wall(name, comment, from, to, except, typesAllowed = false) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: notTests },
    to: {
      path: to,
      ...(except ? { pathNot: except } : {}),
      ...(typesAllowed ? { dependencyTypesNot: ['type-only'] } : {}),
    },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one; merge them or pull the shared part out.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    wall(
      'domain-is-pure',
      'Rules decide; they do not fetch.',
      '^server/domain',
      '^(app|db|e2e|server/(?!domain))',
    ),
    {
      name: 'domain-has-no-libraries',
      comment: 'No I/O, no clock, no framework in the rules: they run in the browser as they run here.',
      severity: 'error',
      from: { path: '^server/domain', pathNot: notTests },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
    },
    wall(
      'model-check-knows-rules-only',
      'What is explored is the rules, with nothing around them.',
      '^server/model-check',
      '^(app|db|e2e|server/(?!domain|model-check))',
    ),
    wall(
      'app-values',
      'The console may run the rules; all else it asks for over tRPC.',
      '^app',
      '^(db|server)',
      '^server/domain',
      true,
    ),
    wall(
      'app-types',
      'Of the server, the console knows the types of its tRPC router only.',
      '^app',
      '^(db|server)',
      '^server/(domain|trpc)',
    ),
    wall('nobody-imports-app', 'The console is the outermost layer.', '^(server|db)', '^app'),
    wall(
      'trpc-is-a-transport',
      'Parse, call one service verb, shape the answer.',
      '^server/trpc',
      '^(db|server/(openstack|worker|drivers))',
    ),
    wall(
      'openstack-is-a-transport',
      'Parse, call one service verb, shape the answer.',
      '^server/openstack',
      '^(db|server/(trpc|worker|drivers))',
    ),
    wall(
      'services-use-domain-and-db',
      'Use cases know no wire and no driver.',
      '^server/services',
      '^server/(trpc|openstack|worker|drivers)',
    ),
    wall(
      'worker-goes-through-services',
      'A handler ends in a service verb, never in SQL.',
      '^server/worker',
      '^(db|server/(trpc|openstack))',
    ),
    wall(
      'drivers-know-facts-only',
      'A driver sees plain facts, so that any cloud can be one.',
      '^server/drivers',
      '^(db|server/(?!drivers|domain))',
    ),
    wall(
      'db-knows-state-names',
      'Tables are made from the literals of the domain.',
      '^db',
      '^server/(?!domain)',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|node_modules)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['import', 'types', 'default'], exportsFields: ['exports'] },
  },
};
