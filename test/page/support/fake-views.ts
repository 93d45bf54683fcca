import type { Block, ButtonElement } from '../../../sandbox/web/page/door/block-shapes.ts';
import type { View } from '../../../sandbox/web/page/door/shapes.ts';

export type Shown = 'approval' | 'deploying' | 'live';

const COMMIT = '`<https://git.example/shop/commit/6b07cb4|6b07cb4>` Show prices with tax &amp; shipping';
const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
const mrkdwn = (text: string): { type: 'mrkdwn'; text: string } => ({ type: 'mrkdwn', text });
const button = (text: string, action_id: string, more: Partial<ButtonElement> = {}): ButtonElement => ({ type: 'button', text: plain(text), action_id, ...more });

export function releaseBlocks(step: Shown, requester: string, approver?: string): readonly Block[] {
  const head = { approval: ':hourglass_flowing_sand: *shop → prod* · waiting for approval', deploying: ':arrows_counterclockwise: *shop → prod* · deploying, 2 of 4 instances', live: ':white_check_mark: *shop → prod* · live' }[step];
  const stages = { approval: ':white_check_mark: Source 2s  ›  :white_check_mark: Build 1m 31s  ›  :white_check_mark: Dev 1m 19s  ›  :hourglass_flowing_sand: *Prod*', deploying: ':white_check_mark: Source 2s  ›  :white_check_mark: Build 1m 31s  ›  :white_check_mark: Dev 1m 19s  ›  :arrows_counterclockwise: *Prod* 42s', live: ':white_check_mark: Source 2s  ›  :white_check_mark: Build 1m 31s  ›  :white_check_mark: Dev 1m 19s  ›  :white_check_mark: Prod 3m 40s' }[step];
  const now = Math.floor(Date.now() / 1000);
  return [
    { type: 'section', text: mrkdwn(`${head}\n${COMMIT}`), accessory: { type: 'overflow', action_id: 'more', options: [{ text: plain('Show what ships'), value: 'ships' }, { text: plain('Open the pipeline'), value: 'open', url: 'https://example.test/pipeline' }] } },
    { type: 'context', elements: [mrkdwn(stages)] },
    { type: 'context', elements: [mrkdwn(`#412 · asked by <@${requester}> <!date^${now}^{time}|now> · 3 commits by <@U0LINUS001>, 민지 Kim${approver === undefined ? '' : ` · approved by <@${approver}> <!date^${now}^{time}|now>`}`)] },
    ...(step === 'approval'
      ? [
          {
            type: 'actions' as const,
            block_id: 'approval',
            elements: [
              button('Approve', 'approve', { style: 'primary', confirm: { title: plain('Approve this release?'), text: mrkdwn('*shop → prod* gets `6b07cb4` _Show prices with tax_ on 4 instances.'), confirm: plain('Approve'), deny: plain('Not yet') } }),
              button('Reject', 'reject', { style: 'danger' }),
              button('What ships', 'approve-other'),
              button('Pipeline', 'link', { url: 'https://example.test/pipeline' }),
            ],
          },
        ]
      : []),
  ];
}

export function failureBlocks(): readonly Block[] {
  return [
    { type: 'section', text: mrkdwn(`:x: *shop → prod* · failed in Build\n${COMMIT}`) },
    { type: 'context', elements: [mrkdwn(':white_check_mark: Source 2s  ›  :x: *Build* 58s  ›  Dev  ›  Prod')] },
    { type: 'actions', elements: [button('Retry', 'retry', { style: 'primary' }), button('Build log', 'log', { url: 'https://example.test/log' })] },
  ];
}

export function failureReply(): readonly Block[] {
  const log = ['$ npm test', 'PASS test/basket.test.ts', 'FAIL test/prices.test.ts', '  ● prices › adds the tax', '', '    Expected: 11.90', '    Received: 10.00', '', 'Tests: 2 failed, 212 passed, 214 total'].join('\n');
  return [
    { type: 'section', text: mrkdwn(':x: *2 of 214 tests failed* in the build of *shop*. <@U0LINUS001>') },
    { type: 'section', text: mrkdwn('&gt; Error while executing command: npm test. Reason: exit status 1') },
    { type: 'section', text: mrkdwn(`\`\`\`${log}\`\`\``) },
    { type: 'context', elements: [mrkdwn('<https://example.test/log|Build log> · <https://example.test/pipeline|Execution b5c1f2aa> · nothing was deployed')] },
  ];
}

export function deployForm(id: string): View {
  const option = (text: string, value: string): { text: { type: 'plain_text'; text: string }; value: string } => ({ text: plain(text), value });
  return {
    id,
    type: 'modal',
    title: plain('Deploy'),
    submit: plain('Deploy'),
    close: plain('Cancel'),
    blocks: [
      { type: 'input', block_id: 'environment', label: plain('Environment'), dispatch_action: true, element: { type: 'static_select', action_id: 'environment', initial_option: option('prod', 'shop/prod'), option_groups: [{ label: plain('shop'), options: [option('dev', 'shop/dev'), option('prod', 'shop/prod')] }, { label: plain('api'), options: [option('staging', 'api/staging')] }] } },
      { type: 'input', block_id: 'revision', label: plain('Revision'), hint: plain('The newest on main, unless you choose another.'), element: { type: 'external_select', action_id: 'revision', min_query_length: 0, placeholder: plain('Search commits'), initial_option: option('6b07cb4 Show prices with tax', '6b07cb4') } },
      { type: 'section', block_id: 'ships', text: mrkdwn('*Ships 3 commits* that prod does not have\n• `6b07cb4` Show prices with tax _Linus Lind_\n• `17cb05d` 장바구니 수정 🛒 _민지 Kim_\n• `a1b2c3d` Bump dependencies _Linus Lind_') },
      { type: 'context', block_id: 'gates', elements: [mrkdwn(':white_check_mark: you may deploy · :white_check_mark: no lock · :hourglass_flowing_sand: one approval of <!subteam^S0APPROVE1>')] },
      { type: 'input', block_id: 'reason', label: plain('Reason'), element: { type: 'plain_text_input', action_id: 'reason', multiline: true, placeholder: plain('For the approvers and the history') } },
      { type: 'input', block_id: 'notify', optional: true, label: plain('Also tell'), element: { type: 'multi_users_select', action_id: 'notify', placeholder: plain('People') } },
      { type: 'input', block_id: 'how', optional: true, label: plain('Afterwards'), element: { type: 'checkboxes', action_id: 'how', options: [{ ...option('Lock prod', 'lock'), description: plain('Until somebody unlocks it') }, option('Send me a direct message', 'dm')] } },
    ],
  };
}

export function homeView(user: string): View {
  return {
    id: `H-${user}`,
    type: 'home',
    blocks: [
      { type: 'header', text: plain('shop') },
      { type: 'section', text: mrkdwn('*dev* · :large_green_circle: Ok\n`6b07cb4` Show prices with tax · 12 minutes ago'), accessory: button('Deploy…', 'approve-other') },
      { type: 'section', text: mrkdwn('*prod* · :large_green_circle: Ok · 4 instances\n`17cb05d` 장바구니 수정 · 2 days ago · *3 newer commits wait*'), accessory: button('Deploy…', 'approve-other', { style: 'primary' }) },
      { type: 'divider' },
      { type: 'header', text: plain('Waiting for you') },
      { type: 'section', text: mrkdwn(`*shop → prod* \`6b07cb4\` asked by <@U0ADA00001>`), accessory: button('Look', 'look') },
      { type: 'context', elements: [mrkdwn(`You are <@${user}> · approver of *shop*`)] },
    ],
  };
}
