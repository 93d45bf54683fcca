import { signingName, type ServiceModel } from './model.ts';
import type { Credential, Identities } from './identities.ts';
import { AwsError } from './service.ts';
import { readSigning, sha256, signatureHolds, type Signing } from './signature.ts';
import type { Dialect, WireRequest } from './wire.ts';

const minute = 60_000;

/**
 * Who sent this request, by its signature; throws what AWS says in this dialect where the signature does not hold.
 * The words are those of AWS's front ends (the same for all JSON services, for all query services, and S3's own).
 */
export function authenticate(request: WireRequest, to: { readonly model: ServiceModel; readonly dialect: Dialect; readonly region: string; readonly identities: Identities }): Credential {
  const refusals = refusalsOf(to.dialect);
  const signing = readSigning(request);
  if (!signing) throw refusals.unsigned();
  const credential = to.identities.find(signing.accessKeyId);
  if (!credential) throw refusals.unknownKey();
  checkScope(signing, to.region, signingName(to.model), refusals);
  checkTime(signing, to.dialect, refusals);
  checkToken(signing, credential, refusals);
  if (!signatureHolds(request, signing, credential.secretAccessKey)) throw refusals.badSignature();
  checkBody(request);
  return credential;
}

function checkScope(signing: Signing, region: string, service: string, refusals: Refusals): void {
  if (signing.region !== region) throw refusals.scope(`Credential should be scoped to a valid region. `, `the region '${signing.region}' is wrong; expecting '${region}'`);
  if (signing.service !== service) throw refusals.scope(`Credential should be scoped to correct service: '${service}'. `, `incorrect service "${signing.service}". This endpoint belongs to "${service}"`);
  if (!signing.date.startsWith(signing.day)) throw refusals.scope(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${signing.day}' != '${signing.date.slice(0, 8)}', from '${signing.date}'.`, 'the date in the credential scope is wrong');
}

function checkTime(signing: Signing, dialect: Dialect, refusals: Refusals): void {
  const at = Date.parse(signing.date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(at)) throw refusals.badSignature();
  const now = Date.now();
  if (signing.expires !== undefined) {
    if (now > at + signing.expires * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
    return;
  }
  const allowed = (dialect === 'rest-xml' ? 15 : 5) * minute;
  const [present, edge] = [compact(now), compact(now - allowed)];
  if (at < now - allowed) throw refusals.skewed(`Signature expired: ${signing.date} is now earlier than ${edge} (${present} - 5 min.)`);
  if (at > now + allowed) throw refusals.skewed(`Signature not yet current: ${signing.date} is still later than ${compact(now + allowed)} (${present} + 5 min.)`);
}

function checkToken(signing: Signing, credential: Credential, refusals: Refusals): void {
  if (credential.sessionToken !== undefined && signing.sessionToken !== credential.sessionToken) throw refusals.badToken();
  if (credential.expires !== undefined && Date.now() > credential.expires) throw refusals.expiredToken();
}

function checkBody(request: WireRequest): void {
  const said = request.headers['x-amz-content-sha256'];
  if (said !== undefined && /^[0-9a-f]{64}$/.test(said) && said !== sha256(request.body)) {
    throw new AwsError('XAmzContentSHA256Mismatch', `The provided 'x-amz-content-sha256' header does not match what was computed.`);
  }
}

function compact(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

interface Refusals {
  unsigned(): AwsError;
  unknownKey(): AwsError;
  badSignature(): AwsError;
  badToken(): AwsError;
  expiredToken(): AwsError;
  skewed(words: string): AwsError;
  scope(words: string, s3Words: string): AwsError;
}

const invalidToken = 'The security token included in the request is invalid.';
const mismatch = 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const jsonRefusals: Refusals = {
  unsigned: () => new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 400),
  unknownKey: () => new AwsError('UnrecognizedClientException', invalidToken, 400),
  badSignature: () => new AwsError('InvalidSignatureException', mismatch, 400),
  badToken: () => new AwsError('UnrecognizedClientException', invalidToken, 400),
  expiredToken: () => new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 400),
  skewed: (words) => new AwsError('InvalidSignatureException', words, 400),
  scope: (words) => new AwsError('InvalidSignatureException', words, 400),
};

const queryRefusals: Refusals = {
  unsigned: () => new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
  unknownKey: () => new AwsError('InvalidClientTokenId', invalidToken, 403),
  badSignature: () => new AwsError('SignatureDoesNotMatch', mismatch, 403),
  badToken: () => new AwsError('InvalidClientTokenId', invalidToken, 403),
  expiredToken: () => new AwsError('ExpiredToken', 'The security token included in the request is expired', 403),
  skewed: (words) => new AwsError('SignatureDoesNotMatch', words, 403),
  scope: (words) => new AwsError('SignatureDoesNotMatch', words, 403),
};

const s3Refusals: Refusals = {
  unsigned: () => new AwsError('AccessDenied', 'Access Denied', 403),
  unknownKey: () => new AwsError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403),
  badSignature: () => new AwsError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', 403),
  badToken: () => new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400),
  expiredToken: () => new AwsError('ExpiredToken', 'The provided token has expired.', 400),
  skewed: () => new AwsError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403),
  scope: (_words, s3Words) => new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${s3Words}`, 400),
};

function refusalsOf(dialect: Dialect): Refusals {
  if (dialect === 'rest-xml') return s3Refusals;
  return dialect === 'query' ? queryRefusals : jsonRefusals;
}
