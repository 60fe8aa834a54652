// Where the repository is, for tests that read its sources, vectors or fixtures.

import { fileURLToPath } from '#url'
import { path } from '../../core/runtime/fs.ts'

/** The compiled test helpers lie in dist/test/helpers. */
export const root: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
