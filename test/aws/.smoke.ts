import { startSandbox } from '../../sandbox/start.ts';
import { connectAws } from '../../src/aws/connect.ts';
import pino from 'pino';
const sb = await startSandbox({ ports: { aws: 0, control: 0 }, speed: 200 });
Object.assign(process.env, { AWS_ENDPOINT_URL: sb.awsUrl, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIASANDBOXJACK00001', AWS_SECRET_ACCESS_KEY: 'sandbox-secret' });
const aws = connectAws({ log: pino(), pollHints: { fastMs: 50 } });
const show = (n: string, v: unknown) => console.log(n, JSON.stringify(v, null, 1)?.slice(0, 3500));
try {
  const conf = { region: 'us-east-1', application: 'shop' };
  show('who', await aws.whoAmI(conf));
  const d = await aws.discover(conf); show('discovered', d);
  show('bad', await aws.discover({ region: 'us-east-1', application: 'shup' }));
  const app = { name: 'shop', channel: 'C1', ...conf, environments: [], pipelines: d.pipelines, people: { owners: [], contributors: [] } };
  const p = d.pipelines[0]!;
  const list = await aws.recentExecutions(app, p); show('list', list.slice(0, 3));
  show('env', await aws.observeEnvironment(app, 'shop-prod'));
  show('versions', (await aws.versions(app)).slice(0, 3));
  show('past', await aws.pastDeploys(app, 'shop-prod'));
  const env = await aws.observeEnvironment(app, 'shop-prod');
  show('rev', await aws.revisionOfLabel(app, env.label!));
  show('head', await aws.sourceHead(app, p));
  const call = { t0: Date.now(), token: 'abc-1', by: 'U1', releaseNumber: 7 };
  const r = await aws.perform(app, { kind: 'start-execution', pipeline: 'shop' }, call); show('start', r);
  show('find', await aws.findEffect(app, { kind: 'start-execution', pipeline: 'shop' }, call));
  for (let i = 0; i < 40; i++) {
    const o = await aws.observeExecution(app, p, (r as any).executionId);
    const ap = o?.stages.flatMap((s) => s.actions).find((a) => a.token);
    if (ap) { show('waiting', o); break; }
    await new Promise((r) => setTimeout(r, 250));
  }
} finally { aws.close(); await sb.stop(); }
