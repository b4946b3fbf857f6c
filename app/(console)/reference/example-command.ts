import type { Body, Call } from './read-document';
import { exampleOf } from './schema-fields';

/**
 * @param origin where the APIs are, e.g. `https://mooring.example`
 * @param body which of the call's bodies is sent; null for none
 * @returns a call of `curl` to copy into a shell that has a token in `OS_TOKEN`
 */
export function exampleCommand(call: Call, origin: string, body: Body | null): string {
  const { method, path, parameters, needsToken, version } = call;
  const asked = parameters.filter(({ place, required }) => place === 'query' && required);
  const query = asked.map(({ name, schema }) => `${name}=${exampleOf(schema, name)}`).join('&');
  const address = `${origin}${path.replace(/\{(\w+)\}/g, '<$1>')}${query === '' ? '' : `?${query}`}`;
  const upTo = body?.until ?? call.until;
  const asVersion = version === null || upTo === null ? version : `${version.split(' ')[0]} ${upTo}`;
  const json = body === null ? null : JSON.stringify(exampleOf(body.schema), null, 2);
  return [
    `curl ${method === 'GET' ? '' : method === 'HEAD' ? '--head ' : `-X ${method} `}'${address}'`,
    ...(needsToken ? ['-H "X-Auth-Token: $OS_TOKEN"'] : []),
    ...(asVersion === null ? [] : [`-H 'OpenStack-API-Version: ${asVersion}'`]),
    ...(json === null
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${json.replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}
