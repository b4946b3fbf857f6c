/**
 * The actions on one object as items of a menu.
 */
import type { MenuItem } from '~/app/_components/menu-items';
import type { VerbName } from '~/server/domain/verb-catalogue';
import { ACTION_GROUPS, ACTION_LOOKS, type ActionGroup, GROUP_WORDS } from './action-looks';
import { actionTitle } from './action-title';
import type { ActionExplanation } from './action-types';

type Explained = Pick<ActionExplanation, 'action' | 'label' | 'danger' | 'refusals'>;

function isVerb(action: string): action is VerbName {
  return action in ACTION_LOOKS;
}

/**
 * Policy says no to it whatever the state. Operators' actions of that kind are counted instead of shown: to anybody else
 * they are no buttons at all, and nothing about the object would make them any.
 */
function isNotForThem({ refusals }: Explained, group: ActionGroup): boolean {
  return (
    (group === 'repair' || group === 'delete') && refusals.some(({ rule }) => rule.startsWith('policy.'))
  );
}

/**
 * Every action on an object, in one order everywhere; what the rules refuse stays and says why.
 * @param act opens the dialog of an action
 */
export function actionItems(
  explained: readonly Explained[],
  name: string,
  act: (action: VerbName) => void,
): MenuItem[] {
  const verbs = explained.flatMap((each) => (isVerb(each.action) ? [{ ...each, action: each.action }] : []));
  const kept = verbs.filter((each) => !isNotForThem(each, ACTION_LOOKS[each.action].group));
  const groups = ACTION_GROUPS.flatMap((group): MenuItem[][] => {
    const own = kept.filter(({ action }) => ACTION_LOOKS[action].group === group);
    if (own.length === 0) return [];
    return [
      [
        { kind: 'heading', label: GROUP_WORDS[group] },
        ...own.map(
          ({ action, label, danger, refusals }): MenuItem => ({
            kind: 'action',
            label: `${label}…`,
            title: actionTitle(action, name),
            icon: ACTION_LOOKS[action].icon,
            danger,
            refusals,
            onAct: () => act(action),
          }),
        ),
      ],
    ];
  });
  const left = verbs.length - kept.length;
  return [
    ...groups.flatMap((group, place): MenuItem[] => (place === 0 ? group : [{ kind: 'line' }, ...group])),
    ...(left === 0
      ? []
      : ([
          { kind: 'line' },
          { kind: 'heading', label: `${left} more ${left === 1 ? 'needs' : 'need'} another role` },
        ] satisfies MenuItem[])),
  ];
}
