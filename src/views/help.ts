import type { App } from '../domain/app.ts';
import { context, section } from './blocks.ts';
import type { Reply } from './reply.ts';
import { listed, mention, plain } from './words.ts';

/** The commands, and the configuration as it concerns the reader. */
export function helpReply(
  commands: readonly { readonly usages: readonly string[]; readonly says: string }[],
  apps: readonly App[],
  roles: ReadonlyMap<string, string>,
  problems: readonly { readonly app: string; readonly problem: string }[],
): Reply {
  const usage = commands.map(({ usages, says }) => `\`${usages[0] ?? ''}\`\n      ${says}`).join('\n');
  return {
    text: 'What you can type, and what I know.',
    blocks: [
      section(`*What you can type*\n${usage}`),
      ...apps.slice(0, 20).map((app) => section(appWords(app, roles.get(app.name) ?? 'viewer'))),
      ...problems.slice(0, 10).map(({ app, problem }) => section(`:warning: *${plain(app, 60)}*: ${plain(problem, 600)}`)),
      context('All of it works as `/jack …` and as `@Jack …` too, also in threads.'),
    ],
  };
}

function appWords(app: App, role: string): string {
  const environments = app.environments.map((environment) => {
    const policy = environment.approval;
    const approval = policy === undefined ? 'no approval policy' : policy.from.length === 0 ? 'nobody may approve' : `${policy.count} approval${policy.count === 1 ? '' : 's'} from ${listed(policy.from.map(mention), 'or')}`;
    return `• *${plain(environment.name, 60)}* (\`${plain(environment.beanstalkEnvironment, 60)}\`): ${approval}`;
  });
  const pipelines = app.pipelines.length === 0 ? 'no pipeline' : `pipeline ${listed(app.pipelines.map((pipeline) => `\`${plain(pipeline.name, 100)}\``))}`;
  return `*${plain(app.name, 60)}*  in <#${app.channel}>, ${pipelines}; you are ${role === 'owner' ? 'an' : 'a'} *${role}*\n${environments.join('\n')}`;
}
