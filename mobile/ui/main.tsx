// Where the app begins: language and theme first, so that nothing jumps, then the shell.

import { render } from 'preact'
import './style/base.css'
import './style/components.css'
import './style/shell.css'
import { openEngine } from './engine/engine.ts'
import { beginAnewWhenWiped } from './shell/begin-anew.ts'
import { followTheme } from './shell/theme.ts'
import { Shell } from './shell/shell.tsx'
import { openWords } from './words/words.ts'

followTheme()
openEngine()
beginAnewWhenWiped()
await openWords()
render(<Shell />, document.getElementById('app')!)
