// From words to a verb and its options, or to help. Everything that does not fit is answered by one
// sentence that names the fix.
// Must never: run anything, or touch the disk.

import { arg, bail, command, flag, footer, summary } from 'paparam'
import type { Bail, Command } from 'paparam'
import { TemoinError } from '../core/errors.ts'
import { plain } from './output/printable.ts'
import { GLOBAL_FLAGS, settingsOf } from './settings.ts'
import type { GlobalFlags } from './settings.ts'
import type { Invocation, Verb } from './verb.ts'

export type Parsed =
  | { kind: 'help'; text: string }
  | { kind: 'version' }
  | ({ kind: 'verb'; verb: Verb } & Pick<Invocation, 'args' | 'flags' | 'settings'>)

const ROOT = 'temoin'
const ABOUT =
  'What a phone films is handed on, second by second, to the devices of people you trust.'
const FOOTER = `Exit codes: 0 done, 1 failed, 2 wrong usage or bad input, 3 storage in use, 4 not verified.`

const GROUPS: Record<string, string> = { circle: 'Make a circle, or show one' }

/** @throws TemoinError BAD_INPUT */
export function parse(argv: string[], verbs: readonly Verb[]): Parsed {
  const tree = build(verbs)
  if (argv[0] === 'help') return { kind: 'help', text: helpFor(tree, argv.slice(1)) }
  if (argv.length === 0) return { kind: 'help', text: tree.root.help() }
  const leaf = tree.root.parse(argv, { run: false, silent: true })
  if (leaf === null) return { kind: 'help', text: helpFor(tree, argv) }
  if (leaf === tree.root && leaf.flags['version'] === true) return { kind: 'version' }
  const verb = tree.verbs.get(leaf)
  if (verb === undefined) throw unfinished(leaf, verbs)
  return { kind: 'verb', verb, args: leaf.args, ...optionsOf(leaf) }
}

interface Tree {
  root: Command
  verbs: Map<Command, Verb>
  /** Every command by the words that lead to it: '', 'circle', 'circle create'. */
  byPath: Map<string, Command>
}

function build(verbs: readonly Verb[]): Tree {
  const version = flag('--version|-v', 'Show the version')
  const head = [summary(ABOUT), footer(FOOTER), bail(refuse), version]
  const root = command(ROOT, ...head, ...globals())
  const tree: Tree = { root, verbs: new Map(), byPath: new Map([['', root]]) }
  for (const verb of verbs) addVerb(tree, verb)
  return tree
}

function addVerb(tree: Tree, verb: Verb): void {
  const words = verb.path.split(' ')
  const name = words.pop()!
  const args = (verb.args ?? []).map(([spec, description]) => arg(spec, description))
  const flags = (verb.flags ?? []).map(([spec, description]) => flag(spec, description))
  const made = command(name, summary(verb.summary), ...args, ...flags, ...globals())
  groupOf(tree, words.join(' ')).add(made)
  tree.verbs.set(made, verb)
  tree.byPath.set(verb.path, made)
}

function groupOf(tree: Tree, name: string): Command {
  const known = tree.byPath.get(name)
  if (known !== undefined) return known
  const group = command(name, summary(GROUPS[name]!), ...globals())
  tree.root.add(group)
  tree.byPath.set(name, group)
  return group
}

function globals() {
  return GLOBAL_FLAGS.map(([spec, description]) => {
    const made = flag(spec, description)
    return spec.startsWith('--bootstrap') ? made.multiple() : made
  })
}

/** Global options may stand before the verb as well as behind it. */
function optionsOf(leaf: Command): Pick<Invocation, 'flags' | 'settings'> {
  const chain: Command[] = []
  for (let at: Command | null = leaf; at !== null; at = at.parent) chain.unshift(at)
  const all = (name: string) => chain.map((at) => at.flags[name])
  const last = (name: string) => all(name).findLast((value) => value !== undefined)
  const globalFlags: GlobalFlags = {
    storage: last('storage') as string | undefined,
    bind: last('bind') as string | undefined,
    passphraseFd: last('passphraseFd') as string | undefined,
    bootstrap: all('bootstrap').flatMap((value) => (value as string[] | undefined) ?? []),
    dht: all('dht').every((value) => value !== false),
    lan: all('lan').every((value) => value !== false)
  }
  return { flags: leaf.flags as Invocation['flags'], settings: settingsOf(globalFlags) }
}

function helpFor({ root, byPath }: Tree, argv: string[]): string {
  const words = argv.filter((word) => !word.startsWith('-'))
  const two = byPath.get(words.slice(0, 2).join(' '))
  return (two ?? byPath.get(words[0] ?? '') ?? root).help()
}

function unfinished(group: Command, verbs: readonly Verb[]): TemoinError {
  const path = pathOf(group)
  if (group.parent === null) return wrong(`Say what to do: "${path} --help" lists the commands`)
  const fitting = verbs.filter((verb) => verb.path.startsWith(group.name + ' '))
  return wrong(`Say which: ${fitting.map((verb) => `"${ROOT} ${verb.path}"`).join(' or ')}`)
}

function refuse({ command: at, reason, flag, arg }: Bail): never {
  const path = pathOf(at)
  const help = `"${path} --help" shows what it takes`
  if (flag !== null) throw wrong(`${path} ${flagProblem(reason, flag)}: ${help}`)
  const value = plain((arg?.value ?? '').split(' ')[0]!)
  if (reason === 'MISSING_ARG') throw wrong(`${path} needs ${value}: ${help}`)
  if (reason !== 'UNKNOWN_ARG') throw wrong(`${path} cannot be used like this: ${help}`)
  if (Object.keys(at.args).length > 0) throw wrong(`${path} takes no further "${value}": ${help}`)
  throw wrong(`${path} knows nothing called "${value}": ${help}`)
}

function flagProblem(reason: string, flag: { name: string; value: string }): string {
  const dashes = flag.name.length === 1 ? '-' : '--'
  const name = dashes + plain(flag.name)
  if (reason === 'UNKNOWN_FLAG') return `has no option ${name}`
  return flag.value === '' ? `needs a value after ${name}` : `takes no value with ${name}`
}

function pathOf(at: Command): string {
  return at.parent === null ? at.name : `${pathOf(at.parent)} ${at.name}`
}

function wrong(message: string): TemoinError {
  return new TemoinError('BAD_INPUT', message)
}
