import { readFile } from 'node:fs/promises';
import type { Config } from './config/config.ts';
import { problemText } from './config/problems.ts';
import { readConfig } from './config/read.ts';
import { StartProblem } from './start-problem.ts';

/** Reads and checks the file. Throws a `StartProblem` with every problem in it. */
export async function loadConfig(file: string): Promise<Config> {
  return configOf(await readText(file), file);
}

/** The same for a text that was read from it. */
export function configOf(text: string, file: string): Config {
  const read = readConfig(text);
  if ('problems' in read) throw new StartProblem(read.problems.map((problem) => problemText(problem, file)));
  return read.config;
}

/** Throws a `StartProblem` that says what to do when the file cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartProblem([unreadable(file, typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error))], error);
  }
}

function unreadable(file: string, code: string): string {
  switch (code) {
    case 'ENOENT':
      return `There is no ${file}: write one (jack.example.yml shows how), or name another file with JACK_CONFIG.`;
    case 'EISDIR':
      return `${file} is a folder: name the file itself with JACK_CONFIG.`;
    case 'EACCES':
    case 'EPERM':
      return `${file} may not be read by this user: make it readable, or name another file with JACK_CONFIG.`;
    default:
      return `${file} cannot be read (${code}): name a readable file with JACK_CONFIG.`;
  }
}
