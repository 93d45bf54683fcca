/** Block Kit as the page draws it: what the bot sends, already checked by the sandbox's Slack. */
export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export interface Option {
  readonly text: TextObject;
  readonly value: string;
  readonly description?: TextObject;
  readonly url?: string;
}

export interface OptionGroup {
  readonly label: TextObject;
  readonly options: readonly Option[];
}

export interface Confirm {
  readonly title?: TextObject;
  readonly text: TextObject;
  readonly confirm?: TextObject;
  readonly deny?: TextObject;
  readonly style?: 'primary' | 'danger';
}

interface Named {
  readonly action_id: string;
  readonly confirm?: Confirm;
  readonly placeholder?: TextObject;
  readonly focus_on_load?: boolean;
}

export interface ButtonElement extends Named {
  readonly type: 'button';
  readonly text: TextObject;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly accessibility_label?: string;
}

export interface OverflowElement extends Named {
  readonly type: 'overflow';
  readonly options: readonly Option[];
}

/** Every select, single and multi; which fields count follows from `type`. */
export interface SelectElement extends Named {
  readonly type: `${'' | 'multi_'}${'static' | 'external' | 'users' | 'channels' | 'conversations'}_select`;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly OptionGroup[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_user?: string;
  readonly initial_users?: readonly string[];
  readonly initial_channel?: string;
  readonly initial_conversation?: string;
  readonly initial_channels?: readonly string[];
  readonly initial_conversations?: readonly string[];
  readonly min_query_length?: number;
  readonly max_selected_items?: number;
}

export interface ChoiceElement extends Named {
  readonly type: 'radio_buttons' | 'checkboxes';
  readonly options: readonly Option[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
}

export interface PickerElement extends Named {
  readonly type: 'datepicker' | 'timepicker' | 'datetimepicker';
  readonly initial_date?: string;
  readonly initial_time?: string;
  /** Unix seconds. */
  readonly initial_date_time?: number;
}

export interface TextInputElement extends Named {
  readonly type: 'plain_text_input' | 'number_input' | 'email_text_input' | 'url_text_input';
  readonly multiline?: boolean;
  readonly initial_value?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly is_decimal_allowed?: boolean;
  readonly min_value?: string;
  readonly max_value?: string;
}

export interface ImageElement {
  readonly type: 'image';
  readonly image_url?: string;
  readonly slack_file?: { readonly id?: string; readonly url?: string };
  readonly alt_text: string;
}

export type InteractiveElement = ButtonElement | OverflowElement | SelectElement | ChoiceElement | PickerElement | TextInputElement;
export type InputElement = Exclude<InteractiveElement, ButtonElement | OverflowElement>;

export interface RichStyle {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
}

export type RichInline =
  | { readonly type: 'text'; readonly text: string; readonly style?: RichStyle }
  | { readonly type: 'link'; readonly url: string; readonly text?: string; readonly style?: RichStyle }
  | { readonly type: 'user'; readonly user_id: string; readonly style?: RichStyle }
  | { readonly type: 'usergroup'; readonly usergroup_id: string; readonly style?: RichStyle }
  | { readonly type: 'channel'; readonly channel_id: string; readonly style?: RichStyle }
  | { readonly type: 'broadcast'; readonly range: string; readonly style?: RichStyle }
  | { readonly type: 'emoji'; readonly name: string; readonly style?: RichStyle }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string; readonly url?: string; readonly fallback?: string; readonly style?: RichStyle };

export type RichPart =
  | { readonly type: 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted'; readonly elements: readonly RichInline[] }
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet' | 'ordered';
      readonly indent?: number;
      readonly offset?: number;
      readonly elements: readonly { readonly type: 'rich_text_section'; readonly elements: readonly RichInline[] }[];
    };

interface Placed {
  readonly block_id?: string;
}

export type Block = Placed &
  (
    | { readonly type: 'section'; readonly text?: TextObject; readonly fields?: readonly TextObject[]; readonly accessory?: InteractiveElement | ImageElement }
    | { readonly type: 'context'; readonly elements: readonly (TextObject | ImageElement)[] }
    | { readonly type: 'actions'; readonly elements: readonly InteractiveElement[] }
    | InputBlock
    | { readonly type: 'header'; readonly text: TextObject }
    | { readonly type: 'divider' }
    | (ImageElement & { readonly title?: TextObject })
    | { readonly type: 'rich_text'; readonly elements: readonly RichPart[] }
    | { readonly type: 'markdown'; readonly text: string }
  );

export interface InputBlock extends Placed {
  readonly type: 'input';
  readonly label: TextObject;
  readonly hint?: TextObject;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly element: InputElement;
}
