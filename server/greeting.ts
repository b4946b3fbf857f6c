import { DEMO_ACCOUNTS } from '~/db/seed';
import type { Settings } from './settings';

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
          ...DEMO_ACCOUNTS.map(({ name, what }) => `  ${name.padEnd(12)} ${what}`),
          '',
        ]
      : []),
    ...(settings.databaseUrl ? [] : [`Data is kept in ${settings.dataDir}`]),
    'Ctrl-C stops Mooring.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
