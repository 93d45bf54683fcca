import type { Option, OptionGroup, SelectElement } from '../door/block-shapes.ts';
import type { Workspace } from '../door/shapes.ts';

/** One line of a select's list. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  /** Stands above the first of its group. */
  readonly group?: string;
  readonly person?: string;
}

/** The choices a select has without asking the bot. An external one has only what it began with. */
export function choicesOf(element: SelectElement, workspace: Workspace): readonly Choice[] {
  if (element.type.endsWith('users_select')) {
    return workspace.users.filter((person) => person.role !== 'deactivated').map((person) => ({ value: person.id, label: person.realName, detail: `@${person.name}`, person: person.id }));
  }
  if (/(?:channels|conversations)_select$/.test(element.type)) return workspace.channels.map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
  const started = [...(element.initial_option ? [element.initial_option] : []), ...(element.initial_options ?? [])];
  return flattenOptions(element.option_groups ?? element.options ?? started);
}

export function flattenOptions(options: readonly (Option | OptionGroup)[]): readonly Choice[] {
  return options.flatMap((entry) => ('options' in entry ? entry.options.map((option) => toChoice(option, entry.label.text)) : [toChoice(entry)]));
}

function toChoice(option: Option, group?: string): Choice {
  return {
    value: option.value,
    label: option.text.text,
    ...(option.description ? { detail: option.description.text } : {}),
    ...(group === undefined ? {} : { group }),
  };
}

/** Those whose label, detail or group has every word that was typed. */
export function filterChoices(choices: readonly Choice[], query: string): readonly Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return choices.filter((choice) => {
    const text = `${choice.label} ${choice.detail ?? ''} ${choice.group ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
