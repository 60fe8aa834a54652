// From words to a verb and its options, or to help. Everything that does not fit is answered by one
// sentence that names the fix.
// Must never: run anything, or touch the disk.

import { arg, bail, command, flag, footer, summary } from 'paparam'
import type { Bail, Command } from 'paparam'
import { TemoinError } from '../core/errors.ts'
import { plain } from './output/printable.ts'
import { GLOBAL_FLAGS, settingsOf } from './settings.ts'
import type { GlobalFlags, Settings } from './settings.ts'
import type { Invocation, Verb } from './verb.ts'

export type Parsed<S extends Settings = Settings> =
  | { kind: 'help'; text: string }
  | { kind: 'version' }
  | ({ kind: 'verb'; verb: Verb<S> } & Pick<
      Invocation<S>,
      'program' | 'args' | 'flags' | 'settings'
    >)

/** What a command is called, says of itself, and takes with every verb. */
export interface Program<S extends Settings = Settings> {
  name: Invocation['program']
  about: string
  footer: string
  /** Verbs of two words stand under one of these. */
  groups: Record<string, string>
  globals: readonly [spec: string, description: string][]
  /** @param chain flags of the command, then of its verb */
  settings: (chain: Record<string, unknown>[]) => S
}

const TEMOIN: Program = {
  name: 'temoin',
  about: 'What a phone films is handed on, second by second, to the devices of people you trust.',
  footer:
    '"temoin relay --help" is about a holder that is always on.\nExit codes: 0 done, 1 failed, 2 wrong usage or bad input, 3 storage in use, 4 not verified.',
  groups: { circle: 'Make a circle, or show one' },
  globals: GLOBAL_FLAGS,
  settings: (chain) => settingsOf(globalFlagsOf(chain))
}

/** @throws TemoinError BAD_INPUT */
export function parse(argv: string[], verbs: readonly Verb[]): Parsed {
  return parseFor(TEMOIN, argv, verbs)
}

/** @throws TemoinError BAD_INPUT */
export function parseFor<S extends Settings>(
  program: Program<S>,
  argv: string[],
  verbs: readonly Verb<S>[]
): Parsed<S> {
  const tree = build(program, verbs)
  if (argv[0] === 'help') return { kind: 'help', text: helpFor(tree, argv.slice(1)) }
  if (argv.length === 0) return { kind: 'help', text: tree.root.help() }
  const leaf = tree.root.parse(argv, { run: false, silent: true })
  if (leaf === null) return { kind: 'help', text: helpFor(tree, argv) }
  if (leaf === tree.root && leaf.flags['version'] === true) return { kind: 'version' }
  const verb = tree.verbs.get(leaf)
  if (verb === undefined) throw unfinished(program, leaf, verbs)
  const settings = program.settings(chainOf(leaf).map(({ flags }) => flags))
  const flags = leaf.flags as Invocation['flags']
  return { kind: 'verb', verb, program: program.name, args: leaf.args, flags, settings }
}

interface Tree<S extends Settings> {
  program: Program<S>
  root: Command
  verbs: Map<Command, Verb<S>>
  /** Every command by the words that lead to it: '', 'circle', 'circle create'. */
  byPath: Map<string, Command>
}

function build<S extends Settings>(program: Program<S>, verbs: readonly Verb<S>[]): Tree<S> {
  const { name, about } = program
  const version = flag('--version|-v', 'Show the version')
  const head = [summary(about), footer(program.footer), bail(refuse), version]
  const root = command(name, ...head, ...globals(program))
  const tree: Tree<S> = { program, root, verbs: new Map(), byPath: new Map([['', root]]) }
  for (const verb of verbs) addVerb(tree, verb)
  return tree
}

function addVerb<S extends Settings>(tree: Tree<S>, verb: Verb<S>): void {
  const words = verb.path.split(' ')
  const name = words.pop()!
  const args = (verb.args ?? []).map(([spec, description]) => arg(spec, description))
  const flags = (verb.flags ?? []).map(([spec, description]) => flag(spec, description))
  const made = command(name, summary(verb.summary), ...args, ...flags, ...globals(tree.program))
  groupOf(tree, words.join(' ')).add(made)
  tree.verbs.set(made, verb)
  tree.byPath.set(verb.path, made)
}

function groupOf<S extends Settings>(tree: Tree<S>, name: string): Command {
  const known = tree.byPath.get(name)
  if (known !== undefined) return known
  const { program } = tree
  const group = command(name, summary(program.groups[name]!), ...globals(program))
  tree.root.add(group)
  tree.byPath.set(name, group)
  return group
}

function globals<S extends Settings>(program: Program<S>) {
  return program.globals.map(([spec, description]) => {
    const made = flag(spec, description)
    return spec.startsWith('--bootstrap') ? made.multiple() : made
  })
}

/** Global options may stand before the verb as well as behind it. */
function chainOf(leaf: Command): Command[] {
  const chain: Command[] = []
  for (let at: Command | null = leaf; at !== null; at = at.parent) chain.unshift(at)
  return chain
}

function globalFlagsOf(chain: Record<string, unknown>[]): GlobalFlags {
  const all = (name: string) => chain.map((flags) => flags[name])
  const last = (name: string) => all(name).findLast((value) => value !== undefined)
  return {
    storage: last('storage') as string | undefined,
    bind: last('bind') as string | undefined,
    passphraseFd: last('passphraseFd') as string | undefined,
    bootstrap: all('bootstrap').flatMap((value) => (value as string[] | undefined) ?? []),
    dht: all('dht').every((value) => value !== false),
    lan: all('lan').every((value) => value !== false)
  }
}

function helpFor<S extends Settings>({ root, byPath }: Tree<S>, argv: string[]): string {
  const words = argv.filter((word) => !word.startsWith('-'))
  const two = byPath.get(words.slice(0, 2).join(' '))
  return (two ?? byPath.get(words[0] ?? '') ?? root).help()
}

function unfinished<S extends Settings>(
  { name }: Program<S>,
  group: Command,
  verbs: readonly Verb<S>[]
): TemoinError {
  const path = pathOf(group)
  if (group.parent === null) return wrong(`Say what to do: "${path} --help" lists the commands`)
  const fitting = verbs.filter((verb) => verb.path.startsWith(group.name + ' '))
  return wrong(`Say which: ${fitting.map((verb) => `"${name} ${verb.path}"`).join(' or ')}`)
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
