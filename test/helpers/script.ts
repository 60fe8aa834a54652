// A module of scripts/, which no compiled test can name: they are not compiled, and lie elsewhere.

import { pathToFileURL } from '#url'
import { path } from '../../core/runtime/fs.ts'
import { root } from './root.ts'

/** @param name below scripts/ */
export async function importScript<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(path.join(root, 'scripts', name)).href)) as T
}
