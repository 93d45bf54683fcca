import { describe, expect, it } from '@jest/globals';
import { filterChoices, flattenOptions } from '../../sandbox/web/page/blocks/choices-of.ts';
import { outgoingValue } from '../../sandbox/web/page/blocks/outgoing.ts';
import { collectValues, initialValue } from '../../sandbox/web/page/blocks/values.ts';
import { layOutRows } from '../../sandbox/web/page/chat/message-rows.ts';
import type { Option } from '../../sandbox/web/page/door/block-shapes.ts';
import { findStep } from '../../sandbox/web/page/guide/story.ts';
import { goTo, openThread, readPlace, writePlace } from '../../sandbox/web/page/place.ts';
import { splitEmoji } from '../../sandbox/web/page/text/graphemes.ts';
import { deployForm, failureBlocks, releaseBlocks } from './support/fake-views.ts';

const option = (value: string): Option => ({ text: { type: 'plain_text', text: value.toUpperCase() }, value });

describe('a form', () => {
  it('submits every input with what it holds, entered or initial', () => {
    const values = collectValues(deployForm('V1').blocks, (blockId, element) => (blockId === 'reason' ? 'because' : initialValue(element)));
    expect(values).toMatchObject({ environment: { environment: 'shop/prod' }, revision: { revision: '6b07cb4' }, reason: { reason: 'because' } });
  });

  it('tells options of an external select whole, and times as numbers', () => {
    const external = { type: 'external_select', action_id: 'a', initial_option: option('x') } as const;
    expect(outgoingValue(external, 'x', new Map())).toEqual(option('x'));
    expect(outgoingValue(external, 'y', new Map([['y', option('y')]]))).toEqual(option('y'));
    expect(outgoingValue({ type: 'datetimepicker', action_id: 'a' }, '1700000000', new Map())).toBe(1_700_000_000);
    expect(outgoingValue({ type: 'plain_text_input', action_id: 'a' }, undefined, new Map())).toBeNull();
  });

  it('narrows a list by every word, groups included', () => {
    const choices = flattenOptions([{ label: { type: 'plain_text', text: 'shop' }, options: [option('dev'), option('prod')] }, { label: { type: 'plain_text', text: 'api' }, options: [option('prod-eu')] }]);
    expect(filterChoices(choices, 'sho pro').map((choice) => choice.value)).toEqual(['prod']);
  });
});

const message = (seconds: number, user: string) => ({ ts: `${1_700_000_000 + seconds}.000100`, user, text: 'x' });

describe('a conversation', () => {
  it('sets days and news apart, and puts one name above what was said together', () => {
    const rows = layOutRows([message(0, 'U1'), message(60, 'U1'), message(86_400, 'U1')], { unread: 1, timeZone: 'UTC' });
    expect(rows.map((row) => (row.kind === 'message' ? row.continued : row.kind))).toEqual(['day', false, true, 'day', 'new', false]);
  });
});

describe('the guide', () => {
  const bot = 'U0JACK0001';
  const step = (text: string, blocks = releaseBlocks('live', 'U1')) => findStep({ bot, aws: undefined, messages: [{ ts: '1.1', user: bot, text, blocks }] });

  it('follows the story by what can be seen', () => {
    expect(findStep({ bot, aws: undefined, messages: [{ ts: '1.1', user: 'U1', text: 'hello' }] })).toBe('deploy');
    expect(step('shop → prod waiting for approval')).toBe('approve');
    expect(step('x', releaseBlocks('approval', 'U1'))).toBe('approve');
    expect(step('shop → prod getting ready')).toBe('watch');
    expect(step('shop → prod on its way')).toBe('watch');
    expect(step('shop → prod deployed, checking that it is true')).toBe('watch');
    expect(step('shop → prod live')).toBe('break');
    expect(step('shop → prod failed', failureBlocks())).toBe('rollback');
  });
});

describe('the address', () => {
  it('leads back to the same place', () => {
    const place = openThread(goTo(readPlace('#as=grace'), 'C0API00001'), '1700000000.000100');
    expect(readPlace(writePlace(place))).toEqual(place);
    expect(writePlace(place)).toBe('#as=grace&at=C0API00001&thread=1700000000.000100&side=thread&pane=side');
  });

  it('begins with Ada in #shop, whatever it says', () => {
    expect(readPlace('#pane=elsewhere&side=thread')).toEqual({ as: 'ada', at: 'C0SHOP0001', pane: 'main', side: 'aws' });
  });
});

describe('emoji within text', () => {
  it('are found as whole sequences', () => {
    expect(splitEmoji('a👩‍💻b 🇰🇷 ⚠️ 1').map((part) => part.text)).toEqual(['a', '👩‍💻', 'b ', '🇰🇷', ' ', '⚠️', ' 1']);
  });
});
