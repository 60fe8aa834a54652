// How the status page looks: the system's own font and colours that are readable in the light and in the
// dark (contrast of text at least 7 to 1, as WCAG 2.2 asks at its highest level).

export const STYLE = `
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #ffffff; --line: #6b6b6b; --link: #003f9e;
  --good: #d9f2dd; --filling: #fff0c2; --full: #ffd9d6; --alone: #e4e9f2 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2f2f2; --paper: #141414; --line: #9a9a9a; --link: #a8c8ff;
    --good: #12391a; --filling: #463500; --full: #5a1512; --alone: #232b3a }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1.125rem/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper) }
header { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 1rem }
header p { margin: 0; font-weight: bold }
a { color: var(--link) }
nav a { display: inline-block; min-height: 1.5rem; padding: 0 .25rem }
section { padding: 1rem 1.25rem; margin: 1rem 0; border: 2px solid var(--ink); border-radius: .5rem }
section h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25 }
section p { margin: 0 }
.good { background: var(--good) } .alone { background: var(--alone) }
.filling, .unlinked { background: var(--filling) }
.full, .not-relay, .damaged { background: var(--full) }
.wide { overflow-x: auto }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line) }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid var(--line) }
dt { flex: 1 1 18rem } dd { flex: 1 1 18rem; margin: 0 }
`
