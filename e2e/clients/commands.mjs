/** Which of the clients' commands are on this machine. Node's own modules only: `npm test` asks before it decides. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Commands of the story, and the Debian packages that bring them. */
const packages = {
  openstack: 'python3-openstackclient',
  cinder: 'python3-cinderclient',
  nova: 'python3-novaclient',
};

/** @param {string} command @returns {boolean} whether it is on the path */
function isThere(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @returns {string | null} what is missing and how to get it, as a sentence; null when everything is there */
export function missingCommands() {
  const missing = Object.entries(packages).filter(([command]) => !isThere(command));
  if (missing.length === 0) return null;
  const [names, debian] = [0, 1].map((index) => missing.map((entry) => entry[index]).join(' and '));
  return `Not on this machine: ${names}. On Debian, "apt-get install ${debian?.replaceAll(' and ', ' ')}" brings what is missing.`;
}
