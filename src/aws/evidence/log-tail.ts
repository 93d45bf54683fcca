/** Lines to quote: enough to see the error, few enough to read on a phone. */
const MOST_LINES = 15;
/** `[Container] 2026/11/22 10:11:12.123456 ` before CodeBuild's own lines. */
const STAMP = /^\[Container\] \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)? /;
const FAILED_COMMAND = /Command did not exit successfully/;
const STARTED_COMMAND = /^\[Container\] .*Running command /;

/**
 * The last lines before the command that failed, and the line that says so. POST_BUILD runs even after BUILD failed, so
 * the first failed command counts. Without one, simply the last lines.
 */
export function logTail(messages: readonly string[]): readonly string[] {
  const lines = messages.flatMap((message) => message.split('\n')).map(clean).filter((line) => line.trim() !== '');
  const failed = lines.findIndex((line) => FAILED_COMMAND.test(line));
  const upTo = failed < 0 ? lines : lines.slice(0, failed + 1);
  const started = failed < 0 ? -1 : upTo.findLastIndex((line) => STARTED_COMMAND.test(line));
  return upTo.slice(Math.max(started, upTo.length - MOST_LINES, 0)).map((line) => line.replace(STAMP, ''));
}

/** Colours are for terminals; a progress bar overwrites its own line. */
function clean(line: string): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
  const plain = line.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '').replace(/\r+$/, '');
  return (plain.split('\r').at(-1) ?? plain).trimEnd();
}
