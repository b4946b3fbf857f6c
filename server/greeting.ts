import type { Settings } from './settings';

/** The accounts of the demo cloud; their password is public. */
const demoAccounts = [
  ['admin', 'administrator, project admin'],
  ['demo', 'member of project demo'],
  ['demo-reader', 'reader of project demo'],
  ['alt', 'member of project alt'],
] as const;

/**
 * @param options.host address that is listened on
 * @param options.demo whether the demo accounts exist
 * @returns where to go and who can log in, for the person at the terminal
 */
export function greeting(options: { settings: Settings; host: string; port: number; demo: boolean }): string {
  const { settings, host, port, demo } = options;
  const local = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(host);
  const name = local ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const lines = [
    '',
    `Mooring is ready at ${settings.publicUrl ?? `http://${name}:${port}`}`,
    ...(settings.publicUrl || !local ? [`  listening on ${host}, port ${port}`] : []),
    '',
    ...(demo
      ? [
          'Log in to the demo cloud with the password "secret" as',
          ...demoAccounts.map(([account, what]) => `  ${account.padEnd(12)} ${what}`),
          '',
        ]
      : []),
    ...(settings.databaseUrl ? [] : [`Data is kept in ${settings.dataDir}`]),
    'Ctrl-C stops Mooring.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
