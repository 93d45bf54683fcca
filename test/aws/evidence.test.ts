import { describe, expect, it } from '@jest/globals';
import { causeOf } from '../../src/aws/evidence/build.ts';
import { failedAction } from '../../src/aws/evidence/gather.ts';
import { logTail } from '../../src/aws/evidence/log-tail.ts';
import { mask, maskLines } from '../../src/aws/evidence/mask.ts';
import { maskNamed } from '../../src/aws/named-secrets.ts';
import type { EnvironmentEvent, ObservedEnvironment, ObservedOperation } from '../../src/domain/observation.ts';
import { causeOfOperation, causesOfHealth, isOfOperation, worthQuoting } from '../../src/aws/evidence/operation.ts';

describe('secrets in what is quoted', () => {
  it.each([
    ['DATABASE_PASSWORD=hunter2 npm start', 'hunter2'],
    ['export STRIPE_SECRET_KEY="sk-live-12345678"', 'sk-live-12345678'],
    ['{"apiKey": "abcdefgh12345678", "ok": true}', 'abcdefgh12345678'],
    ['using AKIAIOSFODNN7EXAMPLE for s3', 'AKIAIOSFODNN7EXAMPLE'],
    ['token xoxb-123456789012-abcdefghijkl', 'xoxb-123456789012-abcdefghijkl'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
    ['postgres://app:s3cr3tpw@db.internal:5432/shop', 's3cr3tpw'],
    ['Authorization: Bearer abcdefghijklmnop.qrstuv', 'abcdefghijklmnop.qrstuv'],
    ['curl --password opensesame https://x', 'opensesame'],
    ['aws_session_token=FwoGZXIvYXdzEXAMPLE', 'FwoGZXIvYXdzEXAMPLE'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA1\n-----END RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEA1'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA1 cut off', 'MIIEowIBAAKCAQEA1'],
    ['REDIS_URL=redis://:s3cr3tpass@cache:6379/0', 's3cr3tpass'],
    ['postgres://u:p@ss@db/shop', 'ss@db'],
    ['redis://:Zm9v/YmFy+x@cache:6379', 'YmFy'],
    ['SENTRY_URL: https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1', '0123456789abcdef'],
    ['SENTRY_DSN=https://short@o1.ingest.sentry.io/1', 'short'],
    ['DB_PASS=hunter2hunter2', 'hunter2'],
    ['DB_PASS=123456', '123456'],
    ['smtp_pass: hunter2', 'hunter2'],
    ['export PASS=hunter2', 'hunter2'],
    ['RAILS_MASTER_KEY=0123456789abcdef0123456789abcdef', '0123456789abcdef'],
    ['ENCRYPTION_KEY: abcdefghijkl', 'abcdefghijkl'],
    ['STRIPE_KEY=sk_live_abcdefghijklmnopqrstuvwx', 'abcdefghijkl'],
    ['{"signingKey": "abc def"}', 'def'],
    ['session-key: 9f86d081884c', '9f86d081884c'],
    ['PASSWORD=two words', 'words'],
    ['export DB_PASSWORD=two words', 'words'],
    ["DB_PASSWORD => 'two words'", 'words'],
    ['{"password":"a\\"b c"}', 'b c'],
    ['"{\\"password\\":\\"hunter2\\"}"', 'hunter2'],
    ['curl -u admin:hunter22 https://x', 'hunter22'],
    ['curl -uadmin:hunter22 https://x', 'hunter22'],
    ['curl --user "admin:two words" https://x', 'words'],
    ['mysql -uroot -phunter2 shop', 'hunter2'],
    ['deploy --pass "two words"', 'words'],
    ['POST https://hooks.slack-gov.com/services/T0/B0/abc', 'B0/abc'],
    ['wss://wss-primary.slack.com/link/?ticket=0a1b2c3d&app_id=x', '0a1b2c3d'],
    ['https://s3.amazonaws.com/b/k?X-Amz-Credential=ASIAX&X-Amz-Security-Token=IQoJb3&X-Amz-Signature=fe5f80f7', /IQoJb3|fe5f80f7|ASIAX/],
    ['x-amz-security-token:IQoJb3JpZ2lu', 'IQoJb3JpZ2lu'],
    ['ExpiredToken: IQoJb3JpZ2lu is over', 'IQoJb3JpZ2lu'],
    ['ExpiredToken=Hunter two', 'Hunter'],
    ['expiredToken: Hunter two', 'Hunter'],
    ['InvalidTokenException: Zm9vYmFy is over', 'Zm9vYmFy'],
    ['could not read secret: hunter2', 'hunter2'],
    ['could not read secret: opensesame', 'opensesame'],
    ['could not read secret: Zm9v/YmFy', 'YmFy'],
    ['could not read secret: ab/cd/ef+gh=', 'gh'],
    ['read the password: open/sesame', 'sesame'],
    ['secret: open/sesame', 'sesame'],
  ])('%j are masked', async (text, secret) => {
    const masked = await mask(text);
    expect(masked).not.toMatch(typeof secret === 'string' ? new RegExp(secret.replaceAll('+', '\\+')) : secret);
    expect(masked).toContain('***');
  });

  it.each([
    'src/totals.ts(42,17): error TS2345: Argument of type string is not assignable.',
    "Unsuccessful command execution on instance id(s) 'i-0a1b2c3d4e5f60011'. Aborting the operation.",
    'npm error path /codebuild/output/src1234/src',
    'b7c0c5a1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f607',
    'NODE_ENV=production key=value region: eu-west-1',
    'primary_key: id, foreign_key: customer_id, CACHE_KEY=v1-node-modules-linux-x64-2026',
    'Cache key: node-modules-linux-9f86d081884c7d65',
    'ValidationError: sort_key must be one of created_at1, updated_at1',
    'Access Denied: S3Bucket=codepipeline-us-east-1-1, S3Key=shop/BuildArtif/abc1234',
    'User: arn:aws:sts::123456789012:assumed-role/build/AWSCodeBuild-1 is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf',
    '# pass 12',
    'tests pass: 12, fail: 0',
    'PASS: 12',
    'PASS test/cart.test.ts',
    'first_pass=ok',
    'src/token.ts:12:5 - error TS2345, max_tokens: 4096',
    'FAIL test/password.test.ts: 3 failed',
    'token == null in crate::token::Kind',
    'PWD=/codebuild/output/src123/src',
    'GET http://localhost:4873/@acme/cart 404',
    'git clone https://git@github.com/acme/shop.git',
    'ExpiredToken: The security token included in the request is expired',
    'ExpiredTokenException: The security token included in the request is expired',
    'com.amazonaws.ExpiredTokenException: The security token is expired',
    'InvalidClientTokenId: The security token included in the request is invalid.',
    'SignatureDoesNotMatch: The request signature we calculated does not match',
    'CredentialsProviderError: Could not load credentials from any providers',
    'could not read secret: prod/db',
    'Failed to fetch the secret: prod/shop-db, giving up.',
    'git push -u origin HEAD:main',
    'docker run -u 1000:1000 node:24',
    'mail to ada@example.com: see https://example.com:8443/ada',
    '',
  ])('are not seen in %j', async (text) => {
    expect(await mask(text)).toBe(text);
  });

  it.each(['http://', 'x://:', 'curl ', 'mysql ', 'token', 'a-', 'a.', 'Aa', '--user "a:', 'PASSWORD="', 'ExpiredToken: The ', 'read secret: a/', 'A.TokenError: A'])('are looked for quickly in a line of nothing but %j', (piece) => {
    const start = performance.now();
    maskNamed(piece.repeat(200_000 / piece.length));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each([
    ['a header without a value', `authorization:${' '.repeat(100_000)}`],
    ['half a token', 'eyJaaaaaaaa-'.repeat(8_500)],
  ])('are looked for in less than two seconds in %s that goes on and on', async (_what, text) => {
    const start = performance.now();
    await mask(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('are not seen behind a lone quote: the lines after it stay', async () => {
    const lines = ['SyntaxError: unexpected token: "', '  at line 4 of config.json', 'Error: cannot connect to db', 'see "docs" there', 'end'];
    const masked = await maskLines(lines);
    expect(masked).toHaveLength(5);
    expect(masked.slice(1)).toEqual(lines.slice(1));
  });

  it('that span lines are masked across them, and the other lines stay', async () => {
    expect(await maskLines(['before', '-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', '-----END RSA PRIVATE KEY-----', 'after'])).toEqual(['before', '***', 'after']);
    expect(await maskLines([])).toEqual([]);
  });
});

describe('the tail of a build log', () => {
  it('ends with the command that failed and starts no earlier than it', () => {
    const tail = logTail([
      '[Container] 2026/11/22 10:11:12.123456 Running command npm test\n', 'all green\n',
      '[Container] 2026/11/22 10:11:20 Running command npm run build\n', '\u001B[31msrc/a.ts(1,1): error\u001B[0m\r\n', 'progress 10%\rprogress 100%\n',
      '[Container] 2026/11/22 10:11:21 Command did not exit successfully npm run build exit status 2\n',
      '[Container] 2026/11/22 10:11:22 Phase complete: BUILD State: FAILED\n', '[Container] 2026/11/22 10:11:23 Running command echo post\n',
    ]);
    expect(tail).toEqual(['Running command npm run build', 'src/a.ts(1,1): error', 'progress 100%', 'Command did not exit successfully npm run build exit status 2']);
  });

  it('is at most fifteen lines, and simply the last ones where no command failed', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`);
    expect(logTail(lines)).toEqual(lines.slice(25));
    expect(logTail([...lines, 'Command did not exit successfully x exit status 1'])).toHaveLength(15);
  });
});

describe('the cause of a failed build', () => {
  it('is the first bad phase, not what followed from it', () => {
    expect(causeOf([
      { phaseType: 'INSTALL', phaseStatus: 'SUCCEEDED' },
      { phaseType: 'BUILD', phaseStatus: 'FAILED', contexts: [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: 'Error while executing command: npm test. Reason: exit status 1' }] },
      { phaseType: 'POST_BUILD', phaseStatus: 'FAILED', contexts: [{ message: 'later' }] },
      { phaseType: 'COMPLETED' },
    ])).toBe('BUILD failed: Error while executing command: npm test. Reason: exit status 1');
    expect(causeOf([{ phaseType: 'BUILD', phaseStatus: 'TIMED_OUT' }])).toBe('BUILD timed out');
    expect(causeOf([{ phaseType: 'COMPLETED' }])).toBeUndefined();
  });
});

function error(message: string): EnvironmentEvent {
  return { at: 1, severity: 'ERROR', message };
}

describe('the cause of a failed operation', () => {
  it('is the first event that names a reason', () => {
    const events = [{ at: 0, severity: 'INFO', message: 'Environment update is starting.' }, error("Instance deployment failed. For details, see 'eb-engine.log'."), error('[Instance: i-1] Command failed on instance. Return code: 1 Output: hook failed.'), error('Failed to deploy application.')];
    expect(causeOfOperation(events)).toContain('Command failed on instance');
    expect(causeOfOperation([error('Failed to deploy application.')])).toBe('Failed to deploy application.');
    expect(causeOfOperation([])).toBeUndefined();
    expect(worthQuoting(events)).toHaveLength(3);
  });
});

describe('what belongs to an operation', () => {
  const operation: ObservedOperation = { requestId: 'r-1', kind: 'application', startedAt: 10, endedAt: 20, outcome: 'failed', revertedByBeanstalk: false, aborted: false, events: [] };

  it.each<readonly [number, string | undefined, boolean]>([[9, undefined, false], [10, undefined, true], [20, undefined, true], [21, undefined, false], [21, 'r-1', true], [21, 'r-2', false]])(
    'an event at %d of request %s: %s; what follows would depend on when one looks',
    (at, requestId, belongs) => {
      expect(isOfOperation({ ...error('x'), at, ...(requestId !== undefined && { requestId }) }, operation)).toBe(belongs);
    },
  );
});

describe('the causes of bad health', () => {
  const environment: ObservedEnvironment = {
    beanstalkEnvironment: 'shop-prod', id: 'e-1', status: 'Ready', abortable: false, updatedAt: 5,
    health: { verdict: 'bad', word: 'Severe', causes: ['ELB health is failing.'] },
    instances: [{ id: 'i-1', health: 'Ok', causes: ['fine'] }, { id: 'i-2', health: 'Severe', causes: ['Application deployment failed.'] }],
  };

  it('are quoted, first the environment\'s and then those of the instances that are not well', () => {
    expect(causesOfHealth({ environment }).map(({ message }) => message)).toEqual(['Health Severe: ELB health is failing.', 'Health Severe: i-2: Application deployment failed.']);
  });

  it('are none while health is good or unknown', () => {
    expect(causesOfHealth({ environment: { ...environment, health: { verdict: 'unknown', word: 'NoData', causes: ['x'] } } })).toEqual([]);
    expect(causesOfHealth({})).toEqual([]);
  });
});

describe('the failed action', () => {
  it('is the one that failed last, since earlier failures were retried', () => {
    const action = { kind: 'build', provider: 'CodeBuild' } as const;
    const execution = { stages: [
      { name: 'Build', actions: [{ ...action, name: 'Unit', status: 'Failed', updatedAt: 1 }, { ...action, name: 'Lint', status: 'Failed', updatedAt: 2 }, { ...action, name: 'Late', status: 'Abandoned', updatedAt: 3 }] },
    ] } as unknown as Parameters<typeof failedAction>[0];
    expect(failedAction(execution)?.action.name).toBe('Lint');
    expect(failedAction(undefined)).toBeUndefined();
  });
});
