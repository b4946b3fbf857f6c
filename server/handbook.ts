/**
 * The generated part of the handbook (server/README.md): the state diagrams, between two markers.
 */
import { diagramOf, THINGS_WITH_STATES } from './domain/state-diagrams';

const BEGIN = '<!-- states: written by `npm run diagrams` from the verbs -->';
const END = '<!-- end of states -->';

function states(): string {
  const diagrams = THINGS_WITH_STATES.map(
    (thing) => `**${thing}**\n\n\`\`\`mermaid\n${diagramOf(thing)}\n\`\`\`\n`,
  );
  return `${BEGIN}\n\n${diagrams.join('\n')}\n${END}`;
}

/**
 * @param text of the handbook as it is
 * @returns as it has to be
 * @throws Error when it has lost its markers
 */
export function withStates(text: string): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('the handbook has no place for the states');
  return text.slice(0, begin) + states() + text.slice(end + END.length);
}
