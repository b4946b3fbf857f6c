/** Which of the clients' commands are on this machine. Node's own modules only: `npm test` asks before it decides. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Commands of the story, and the Debian packages that bring them. */
const packages = {
  openstack: 'python3-openstackclient',
  cinder: 'python3-cinderclient',
  nova: 'python3-novaclient',
};

/** Where Debian puts the sources of Go's libraries. */
export const GO_PATH = '/usr/share/gocode';

/** @param {string} command @returns {string | undefined} its file, when it is on the path */
function find(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @returns {string | null} what is missing and how to get it, as a sentence; null when everything is there */
export function missingCommands() {
  const missing = Object.entries(packages).filter(([command]) => find(command) === undefined);
  if (missing.length === 0) return null;
  const [names, debian] = [0, 1].map((index) => missing.map((entry) => entry[index]).join(' and '));
  return `Not on this machine: ${names}. On Debian, "apt-get install ${debian?.replaceAll(' and ', ' ')}" brings what is missing.`;
}

/** @returns {string | null} the same for gophercloud, which needs Go besides */
export function missingGophercloud() {
  const library = join(GO_PATH, 'src/github.com/gophercloud/gophercloud');
  if (find('go') !== undefined && existsSync(library)) return null;
  return 'Not on this machine: gophercloud. On Debian, "apt-get install golang-go golang-github-gophercloud-gophercloud-dev" brings it.';
}

/** @returns {string} the Python that has openstacksdk: the one that runs the `openstack` command */
export function sdkPython() {
  const command = find('openstack');
  const [, python] = /^#! ?(\S+)/.exec(command === undefined ? '' : readFileSync(command, 'utf8')) ?? [];
  if (python === undefined) throw new Error(`${command ?? 'openstack'} does not say which Python runs it.`);
  return python;
}
