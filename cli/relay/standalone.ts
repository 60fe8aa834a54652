// The `temoin-relay` command as a single file, for packaging/: nothing is looked up beside it.

import process from '#process'
import { relayMain } from './main.ts'

void relayMain(process.argv.slice(1)) // there is no script behind the program's own name
