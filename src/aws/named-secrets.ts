const MASK = '***';

/** Not more than this of a name is looked at: a log line may be one word of many thousand letters. */
const NAME = '[\\w.-]{0,80}';
/** Where a name begins. What follows an account's number in an ARN is the name of a thing. */
const BEGIN = '(?<![\\w.-])(?<!:\\d{12}:)';
/** `=`, `:`, `=>`, also of JSON inside of JSON; the value may stand on the next line, indented. */
const IS = '\\\\*["\']?[^\\S\\n]*(?:=>|:=|=(?!=)|:(?!:))(?:[^\\S\\n]*(?:[|>][+-]?)?\\n[^\\S\\n]+|[^\\S\\n]*)';
/** In quotes to their end, or to the end of the line where that was cut off. */
const VALUE = '(?:\\\\+"[^"\\\\]*\\\\+"|"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'|"[^"\\n]*|\'[^\'\\n]*|[^\\s"\',;&]+)';

/** Not `src/token.ts:12`. */
const NO_FILE = '(?<!\\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|php|cs|vue|css|html|sh|ya?ml|json|lock))';

/** What begins as AWS's errors do, `ExpiredToken: The security token …`, with a word and no value behind it. */
const ERROR_CODES = 'ExpiredToken|InvalidToken|InvalidClientTokenId|MissingAuthenticationToken|TokenRefreshRequired|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature';
const AWS_ERROR = `(?-i:(?:[\\w.-]{0,80}\\.)?(?:${ERROR_CODES}|[A-Z][A-Za-z]{0,60}(?:Exception|Error|Fault)): [A-Z][a-z]{0,20} )`;
/** `could not read secret: prod/db` tells which one: small letters in parts, as the names of secrets are and secrets are not. */
const READ_BEFORE = '(?<=\\b(?:read|find|fetch|get|load|resolve|retrieve|locate|access|decrypt)(?:ing)? (?:the )?)';
const SECRETS_OWN_NAME = `${READ_BEFORE}secret: (?-i:[a-z]{1,40}(?:[/_-][a-z]{1,40}){1,8}(?![\\w+=/-]))`;

/** Nor a service of AWS, an error, a folder, a count. */
const SECRET_NAME = `(?!secretsmanager:|${AWS_ERROR}|${SECRETS_OWN_NAME}|(?:OLD)?PWD=/|${NAME}tokens["']?[=:] ?\\d{1,9}\\b)${NAME}(?:secret|token|passw(?:or)?d|passphrase|passwd|pwd|api[_-]?key|access[_-]?key|private[_-]?key|credential|signature)${NAME}`;
const PASS_NAME = `(?!(?:${NAME}[_.-])?(?:by|first|second|third|last|final|one|two|single|multi|dry|render)[_.-]pass\\b)${NAME}[_.-]pass`;
/** A line that sets one, as `env` prints it: the value has no quotes and goes to the line's end. */
const SET_LINE = `(?:\\+ )?(?:export |set |declare -x )?(?:(?!(?:OLD)?PWD=)${NAME}(?:secret|passw(?:or)?d|passphrase|passwd|pwd)${NAME}|${PASS_NAME}|pass(?!=\\d+$))=(?!["'])`;
const DSN_NAME = `(?:${NAME}[_.-])?dsn`;
const KEY_NAME = `${NAME}(?:master|encrypt|encryption|crypto|signing|session|auth|license|deploy|service|account|storage|shared|hmac|jwt|webhook|admin|server|ssh|app)[_-]?key(?:[_-]\\w{1,40})?`;
/** Keys that open nothing. */
const HARMLESS = 'primary|foreign|cache|sort|partition|public|unique|index|hash|range|object|s3|routing|group|lookup|idempotency|translation';
const noneOf = (stems: string, key: string): string => `(?!(?:${NAME}[_.-])?(?:${stems})[_-]${key}\\b)`;

function named(name: string, flags: string, value = VALUE): readonly [RegExp, string] {
  return [new RegExp(`(${BEGIN}${name}${NO_FILE}${IS})${value}`, flags), `$1${MASK}`];
}

/** What looks like a secret by its form, by its name, or by where it stands. Names that hide nothing stay readable. */
const NAMED: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, MASK],
  [/\bxox[a-z]-[\w-]+|\bxapp-[\w-]+/g, MASK],
  [/\bgh[pousr]_\w{16,}|\bgithub_pat_\w{20,}|\b[sr]k_(?:live|test)_\w{8,}/g, MASK],
  [/\beyJ[\w-]{8,2000}\.[\w-]{8,}\.[\w-]*/g, MASK],
  [/https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'<>]+/g, MASK],
  [/([?&]ticket=)[^&\s"']+/g, `$1${MASK}`],
  // The password goes up to the last @ before the path; it may hold a slash where no port stands before that.
  [/(\b\w{1,30}:\/\/[^\s:/@[\]"']{0,200}:)(?:[^\s/"]{1,400}|(?!\d{1,5}\/)[^\s@"']{1,400})@/g, `$1${MASK}@`],
  [/(\b\w{1,30}:\/\/)[\w-]{20,200}@/g, `$1${MASK}@`],
  [/(\bauthorization["']?\s{0,20}[:=]\s{0,20}["']?(?:(?:bearer|basic|token)\s{1,20})?)[^\s"',]+/gi, `$1${MASK}`],
  [/(\b(?:bearer|basic)\s+)[\w.~+/=-]{12,}/gi, `$1${MASK}`],
  [new RegExp(`^(${SET_LINE}).+$`, 'gim'), `$1${MASK}`],
  named(SECRET_NAME, 'gi'),
  named(PASS_NAME, 'gi'),
  named('PASS(?==)(?!=\\d+\\b)', 'g'),
  named(DSN_NAME, 'gi'),
  named(KEY_NAME, 'gi'),
  named(`${noneOf(HARMLESS.toUpperCase(), 'KEY')}[A-Z][A-Z0-9_]{0,80}_KEY`, 'g'),
  named(`${noneOf(HARMLESS, 'key')}\\w{1,80}[_-]key`, 'gi', '["\']?(?=[^\\s"\']*\\d)[\\w+/=.-]{16,}'),
  [/((?<!\w)--?[\w-]{0,40}?(?:pass(?:word|phrase|wd)?|token|secret|api-key)[^\S\n]+)(?:"[^"\n]*"|'[^'\n]*'|(?!-)\S+)/gi, `$1${MASK}`],
  [/((?<!\S)(?:-u[^\S\n]*|--user(?:=|[^\S\n]+))(["'])[^\s:"']+:)[^\n]*?(?=\2)/g, `$1${MASK}`],
  [/((?<!\S)(?:-u|--user)(?:=|[^\S\n]+)(?!\d+:\d+\b)[^\s:"'/]+:)(?!\/\/)[^\s"']+/g, `$1${MASK}`],
  [/(\bcurl\b[^\n]{0,400}?\s-u[^\s:"'/]+:)(?!\/\/)[^\s"']+/g, `$1${MASK}`],
  [/(\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,400}?\s-p)[^\s-]\S*/g, `$1${MASK}`],
];

/** The text with every secret that is known by its form, its name or its place replaced. */
export function maskNamed(text: string): string {
  return NAMED.reduce((masked, [pattern, replacement]) => masked.replaceAll(pattern, replacement), text);
}
