/**
 * Runs the phases of any verb of the engine: asks its tasks one after another, then lets the verb say what to write.
 */
import type { DriverAnswer } from '~/server/domain/driver-task';
import type { Phase } from '~/server/domain/engine/verb';
import { OPERATION_PHASES } from '~/server/domain/operation';
import { loadVerbWork, noteVerbFailure, takeVerbStep, type VerbWork } from '~/server/services/verb-work';
import { carryOut } from './carry-out';
import type { Runner, WorkerDependencies } from './runner';

export const verbRunner: Runner<VerbWork> = {
  load: loadVerbWork,
  noteFailure: noteVerbFailure,
  giveUp: async (runtime, work, reason, newJob) => {
    await takeVerbStep(runtime, work, (locked) => phaseOf(locked).failed(locked, reason), newJob);
  },
  phases: Object.fromEntries(OPERATION_PHASES.map((phase) => [phase, runPhase])),
};

function phaseOf({ verb, phase }: VerbWork): Phase {
  const found = verb.phases?.[phase];
  if (found === undefined) throw new Error(`${verb.name} has no phase ${phase}`);
  return found;
}

async function runPhase(dependencies: WorkerDependencies, work: VerbWork): Promise<void> {
  const answers: DriverAnswer[] = [];
  for (const task of phaseOf(work).tasks(work)) {
    answers.push(await carryOut(dependencies, task));
  }
  await takeVerbStep(dependencies.runtime, work, (locked) => phaseOf(locked).done(locked, answers));
}
