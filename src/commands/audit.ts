import { auditHeadReply, releaseAuditReply } from '../views/audit.ts';
import { refuse, type Command } from './command.ts';

/** A release has dozens of lines; more than are shown, so that those that are alike count as one. */
const MOST = 1000;

/** `/jack audit #412`: who did what, and which rule let them. Changes nothing. */
export const audit: Command = {
  verb: 'audit',
  usages: ['/jack audit [#<number>]'],
  says: 'Who did what on a release, when, and which rule let them. Without a number: the head of the audit, to be noted elsewhere.',
  async run([word], { world: { store } }) {
    if (word === undefined) return auditHeadReply(await store.auditHead());
    const number = Number(word.replace(/^#/, ''));
    const release = Number.isSafeInteger(number) ? await store.releaseByNumber(number) : undefined;
    if (!release) return refuse({ kind: 'unknown-release', asked: word });
    return releaseAuditReply(release, await store.auditOfRelease(release.number, MOST));
  },
};
