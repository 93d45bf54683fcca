#!/usr/bin/env node
import { runCli } from './cli/index.ts';

/** Libraries may keep sockets and timers open: the process ends when its work does. */
process.exit(await runCli(process.argv.slice(2), process.env));
