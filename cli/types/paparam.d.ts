// Typings of the part of paparam the command uses.
declare module 'paparam' {
  interface Flag {
    multiple(): Flag
  }
  interface Modifier {
    readonly description?: string
  }
  interface Bail {
    command: Command
    reason: string
    flag: { name: string; value: string; inverse?: boolean } | null
    arg: { value: string } | null
  }
  interface Command {
    name: string
    parent: Command | null
    flags: Record<string, unknown>
    args: Record<string, string>
    add(...parts: (Command | Flag | Modifier)[]): Command
    help(): string
    parse(argv: string[], options: { run: false; silent: true }): Command | null
  }
  export function command(name: string, ...parts: (Command | Flag | Modifier)[]): Command
  export function flag(spec: string, description: string): Flag
  export function arg(spec: string, description: string): Modifier
  export function summary(text: string): Modifier
  export function footer(text: string): Modifier
  export function bail(fn: (bail: Bail) => never): Modifier
  export type { Bail, Command, Flag, Modifier }
}
