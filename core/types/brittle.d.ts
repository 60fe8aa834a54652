// Typings of the part of brittle the tests use.
declare module 'brittle' {
  export interface Assert {
    is(actual: unknown, expected: unknown, message?: string): void
    not(actual: unknown, expected: unknown, message?: string): void
    alike(actual: unknown, expected: unknown, message?: string): void
    unlike(actual: unknown, expected: unknown, message?: string): void
    ok(value: unknown, message?: string): void
    absent(value: unknown, message?: string): void
    pass(message?: string): void
    fail(message?: string): void
    exception(fn: unknown, expected?: unknown, message?: string): Promise<void>
    execution(fn: unknown, message?: string): Promise<unknown>
    comment(...message: unknown[]): void
    plan(n: number): void
    teardown(fn: () => unknown, opts?: { order?: number }): void
    timeout(ms: number): void
    tmp(): Promise<string>
  }
  export type TestBody = (t: Assert) => unknown
  export interface Test {
    (title: string, fn: TestBody): Promise<void>
    (title: string, opts: { timeout?: number; skip?: boolean }, fn: TestBody): Promise<void>
  }
  const test: Test
  export default test
  export const skip: Test
  export const configure: (opts: { timeout?: number; serial?: boolean }) => void
}
