import type { Forger, Place } from './forger.ts';
import { CHANNELS, type Scene } from './scene.ts';

export const PEOPLE = { ada: 'U0ADA00001', grace: 'U0GRACE001', linus: 'U0LINUS001', olive: 'U0OLIVE001', min: 'U0MIN00001', gus: 'U0GUS00001', ext: 'U0EXT00001', dee: 'U0DEE00001', bot: 'U0JACK0001', nobody: 'U0NOBODY01' } as const;

/** Somebody tries what they may not, or what stands for nothing any more. */
export interface Forgery {
  readonly what: string;
  readonly who: keyof typeof PEOPLE;
  /** What they are told. */
  readonly told: RegExp;
  /** The audit's words: what was tried, and the rule that kept it off. */
  readonly audited: readonly [what: string, rule: string];
  /** The envelope. */
  readonly made: (scene: Scene, forger: Forger, user: string) => object;
}

const FOREIGN = /did not put that button there/;
const STALE = /does not stand for anything/;
const FORM = /did not open that form for you/;

type At = (scene: Scene) => Place | undefined;

const card: At = ({ waiting }) => waiting.card;
const headline: At = ({ waiting }) => waiting.headline;
const lock: At = (scene) => scene.lock.headline;
const alone: At = () => ({ channel: CHANNELS.shop, ts: '1700000000.000100', ephemeral: true });

/** A click. `rule`: by its last word. */
function click(what: string, who: Forgery['who'], told: RegExp, rule: string, by: { readonly button: string; readonly value: (scene: Scene) => string; readonly at: At; readonly audited?: string }): Forgery {
  return {
    what, who, told,
    audited: [`click.${by.audited ?? by.button}`, `refused:${rule}`],
    made: (scene, forger, user) => {
      const at = by.at(scene);
      return forger.click({ user, button: by.button, value: by.value(scene), ...(at && { at }) });
    },
  };
}

const approval = (scene: Scene): string => scene.waiting.approval;
const release = (scene: Scene): string => scene.waiting.id;
const literally = (text: string) => () => text;

const approvals: readonly Forgery[] = [
  click('the one who asked approves', 'olive', /asked for #2 yourself/, 'own-release', { button: 'approval.approve', value: approval, at: card }),
  click('a contributor who is no approver approves', 'linus', /not among the approvers/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('a guest approves', 'gus', /never approve/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('somebody of another company approves', 'ext', /never approve/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('a closed account approves', 'dee', /never approve/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('a bot approves', 'bot', /never approve/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('nobody that Slack knows approves', 'nobody', /never approve/, 'not-approver', { button: 'approval.approve', value: approval, at: card }),
  click('an ended release is approved', 'grace', /#1 needs no answer any more/, 'approval-over', { button: 'approval.approve', value: ({ ended }) => ended.approval, at: ({ ended }) => ended.card }),
  click('a changed id is approved', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: (scene) => `${approval(scene).slice(0, -1)}x`, at: card }),
  click('another release’s approval under this card', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: ({ other }) => other.approval, at: card }),
  click('this approval under another release’s card', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: approval, at: ({ other }) => other.card }),
  click('an ended release’s approval under this card', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: ({ ended }) => ended.approval, at: card }),
  click('the card of another channel', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: approval, at: ({ waiting }) => ({ ...waiting.card, channel: CHANNELS.general }) }),
  click('a message that is not Jack’s', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: approval, at: () => ({ channel: CHANNELS.shop, ts: '1700000000.000100' }) }),
  click('no message at all', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: approval, at: () => undefined }),
  click('the card, as if one person alone saw it', 'grace', FOREIGN, 'foreign-click', { button: 'approval.approve', value: approval, at: ({ waiting }) => ({ ...waiting.card, ephemeral: true }) }),
  click('a release’s id in the place of an approval’s', 'grace', STALE, 'stale-button', { button: 'approval.approve', value: release, at: headline }),
  {
    what: 'Approve in a home tab', who: 'grace', told: FOREIGN, audited: ['click.approval.approve', 'refused:foreign-click'],
    made: (scene, forger, user) => forger.clickAtHome({ user, button: 'approval.approve', value: approval(scene) }),
  },
];

const releases: readonly Forgery[] = [
  click('an ended release is cancelled', 'ada', /#1 is over/, 'release-over', { button: 'release.cancel', value: ({ ended }) => ended.id, at: ({ ended }) => ended.headline }),
  click('a viewer rolls an ended release back', 'gus', /takes a contributor/, 'wrong-role', { button: 'rollback.plan', value: ({ ended }) => ended.id, at: ({ ended }) => ended.headline }),
  click('a viewer cancels', 'gus', /takes a contributor/, 'wrong-role', { button: 'release.cancel', value: release, at: headline }),
  click('another app’s release is cancelled here', 'ada', FOREIGN, 'foreign-click', { button: 'release.cancel', value: ({ other }) => other.id, at: headline }),
  click('the queue is left by what is not in it', 'ada', STALE, 'stale-button', { button: 'queue.leave', value: release, at: headline }),
  click('the turn of what is not in the queue is watched', 'ada', STALE, 'stale-button', { button: 'queue.watch', value: release, at: headline }),
  click('a contributor breaks the glass', 'linus', /Only owners/, 'not-owner', { button: 'glass.release', value: release, at: headline }),
  click('the glass of an ended release is broken', 'olive', /nothing to let pass/, 'release-over', { button: 'glass.release', value: ({ ended }) => ended.id, at: ({ ended }) => ended.headline }),
  click('the glass of a request that nobody made is broken', 'olive', STALE, 'stale-button', { button: 'glass.break', value: literally('11111111-1111-4111-8111-111111111111'), at: alone }),
  click('a button that nobody knows', 'olive', STALE, 'stale-button', { button: 'release.approve-all', value: release, at: headline }),
  click('a button with the name of something in JavaScript', 'olive', STALE, 'stale-button', { button: 'constructor', value: release, at: headline }),
  click('a button of the home tab in a thread', 'ada', FOREIGN, 'foreign-click', { button: 'home.deploy', value: literally('home'), at: headline }),
  {
    what: 'the card’s button in a block that nobody drew', who: 'olive', told: /asked for #2 yourself/, audited: ['click.approval.approve', 'refused:own-release'],
    made: (scene, forger, user) => forger.click({ user, button: 'approval.approve', value: approval(scene), at: scene.waiting.card, block: 'x'.repeat(255) }),
  },
];

const questions: readonly Forgery[] = [
  click('another person’s rollback is confirmed', 'grace', STALE, 'stale-button', { button: 'rollback.confirm', value: ({ question }) => question, at: alone }),
  click('a rollback is confirmed in the thread', 'linus', FOREIGN, 'foreign-click', { button: 'rollback.confirm', value: ({ question }) => question, at: headline }),
  click('a question is answered with another one’s button', 'linus', STALE, 'stale-button', { button: 'choose.newest', value: ({ question }) => question, at: alone }),
  click('a question that nobody put is answered', 'linus', STALE, 'stale-button', { button: 'choose.waiting', value: literally('11111111-1111-4111-8111-111111111111'), at: alone }),
  click('an unlock that nobody was asked about', 'grace', STALE, 'stale-button', { button: 'barrier.unlock-let-in', value: literally('11111111-1111-4111-8111-111111111111'), at: alone }),
];

const lockId = (scene: Scene): string => scene.lock.id;

const locks: readonly Forgery[] = [
  click('somebody else unlocks', 'linus', /Only they unlock it, or an owner/, 'not-yours', { button: 'barrier.unlock', value: lockId, at: lock }),
  click('a guest unlocks', 'gus', /takes a contributor/, 'wrong-role', { button: 'barrier.unlock', value: lockId, at: lock }),
  click('a contributor steals', 'linus', /Only owners/, 'not-owner', { button: 'barrier.steal', value: lockId, at: lock }),
  click('another app’s lock is unlocked here', 'olive', FOREIGN, 'foreign-click', { button: 'barrier.unlock', value: ({ otherLock }) => otherLock.id, at: lock }),
  click('this lock is unlocked in another channel', 'olive', FOREIGN, 'foreign-click', { button: 'barrier.unlock', value: lockId, at: ({ otherLock }) => otherLock.headline }),
  click('a stranger lets in what waits', 'linus', /Only they/, 'not-yours', { button: 'barrier.let-in', value: lockId, at: lock }),
  click('a lock is thawed', 'linus', STALE, 'stale-button', { button: 'barrier.thaw', value: lockId, at: lock }),
];

const values: readonly Forgery[] = [
  ['nothing', ''], ['two thousand letters', 'x'.repeat(2000)], ['SQL', '\' OR 1=1; DROP TABLE releases; --'], ['JSON', '{"id":{"$ne":null}}'], ['a path', '../../etc/passwd'], ['what is no text', '\u0000\uFFFD'],
].map(([what = '', value = '']) => click(`the value is ${what}`, 'olive', FOREIGN, 'foreign-click', { button: 'release.cancel', value: literally(value), at: headline }));

/** A form that is sent. `metadata` absent: as it was opened for Grace. */
function form(what: string, who: Forgery['who'], metadata: (scene: Scene) => string, id = 'reject'): Forgery {
  return { what, who, told: FORM, audited: [`form.${id}`, 'refused:foreign-click'], made: (scene, forger, user) => forger.submission({ user, form: id, metadata: metadata(scene), reason: 'because I say so' }) };
}

const forms: readonly Forgery[] = [
  form('another person’s form is sent', 'min', ({ rejectForm }) => rejectForm.private_metadata),
  form('a form with another approval in it', 'grace', (scene) => scene.rejectForm.private_metadata.replace(scene.waiting.approval, scene.other.approval)),
  form('a form that nobody opened', 'grace', ({ waiting }) => JSON.stringify({ channel: CHANNELS.shop, approval: waiting.approval })),
  form('a form with broken metadata', 'grace', () => '{"approval":'),
  form('a form without metadata', 'grace', () => ''),
  form('the metadata of another form', 'grace', ({ rejectForm }) => rejectForm.private_metadata, 'glass'),
  form('a form that does not exist', 'grace', ({ rejectForm }) => rejectForm.private_metadata, 'drop-everything'),
  form('the owner’s form is sent by a contributor', 'linus', ({ glassForm }) => glassForm.private_metadata, 'glass'),
  form('the owner’s form with another release in it', 'olive', (scene) => scene.glassForm.private_metadata.replace(scene.waiting.id, scene.other.id), 'glass'),
];

export const forgeries: readonly Forgery[] = [...approvals, ...releases, ...questions, ...locks, ...values, ...forms];
