// Decides which test files run in one process, under which runtime, and in which order. Pure.

/** Tests that drive processes, browsers or the kernel: long ones, and the driver is Node. */
const NODE_ONLY = ['e2e', 'netns', 'browser', 'power', 'scripts']
/**
 * Stories of the command whose rules are the engine's, and are tested there under both runtimes: here
 * every program is started under the runtime of the test, which is most of what they cost. What is the
 * command's own and may differ by runtime (words, pipes, files and file locks, who may read them, exit
 * codes, filming, holding, watching, and the relay, which is shipped on Bare) runs under both. All of
 * them do under Bare where nothing else is asked for: `npm test -- --bare`.
 */
export const NODE_FIRST = [
  ...['cli/damaged-store', 'cli/lost-state', 'cli/truth', 'seized/kill-panic'],
  ...['cli/invite/confirm', 'cli/invite/no-network'],
  ...['cli/verbs/circle/invite', 'cli/verbs/circle/members'],
  ...['cli/verbs/device/backup', 'cli/verbs/device/lock'],
  ...['cli/verbs/device/panic', 'cli/verbs/device/restore'],
  ...['cli/verbs/recordings/check', 'cli/verbs/recordings/package']
]
/** What computes for long. */
const LONG = ['fuzz']
/** What starts processes, or is started and killed, has its own: what is left of it ends with that. */
const DRIVES_PROCESSES = /helpers\/(cli|browser|crashes)\//
/** So few that none waits for long to be told of, and so many that starting costs little. */
const MAX_TOGETHER = 12

/**
 * @typedef {object} TestFile
 * @property {string} name below test/, without its ending: `store/hypercore/guard`
 * @property {string} code compiled
 * @typedef {object} Batch
 * @property {string[]} names in the order in which they run
 * @property {'node' | 'bare'} runtime
 */

/**
 * @param {TestFile[]} files
 * @param {('node' | 'bare')[]} runtimes
 * @returns {Batch[]} what takes longest first, so that it is not left alone at the end
 */
export function planOf(files, runtimes) {
  return groupsOf(files)
    .flatMap((names) => {
      const chosen = runtimes.filter((runtime) => runtime === 'node' || !isNodeOnly(names[0]))
      const first = NODE_FIRST.includes(names[0]) ? 1 : chosen.length
      return chosen.slice(0, first).map((runtime) => ({ names, runtime }))
    })
    .sort((a, b) => rank(a) - rank(b))
}

/** @param {TestFile[]} files. @returns {string[][]} names of files that share a process */
function groupsOf(files) {
  const groups = []
  const open = new Map()
  for (const { name, code } of files) {
    const folder = folderOf(name)
    const full = (open.get(folder)?.length ?? MAX_TOGETHER) >= MAX_TOGETHER
    if (runsAlone(name, code)) groups.push([name])
    else if (full) {
      open.set(folder, [name])
      groups.push(open.get(folder))
    } else open.get(folder).push(name)
  }
  return groups
}

/** Whole stories first, then what computes for long and what has many files, single ones last. */
function rank({ names }) {
  if (isNodeOnly(names[0])) return 0
  return LONG.includes(folderOf(names[0])) || names.length > 1 ? 1 : 2
}

function runsAlone(name, code) {
  return isNodeOnly(name) || LONG.includes(folderOf(name)) || DRIVES_PROCESSES.test(code)
}

function isNodeOnly(name) {
  return NODE_ONLY.includes(folderOf(name))
}

/** The folder of test/ that it is in; none for those of test/ itself. */
function folderOf(name) {
  return name.includes('/') ? name.split('/', 1)[0] : ''
}
