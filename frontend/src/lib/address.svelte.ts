/** The address is the state: the path names the screen, the query string holds the view. */

interface State { path: string; query: string }

const state = $state<State>({ path: location.pathname, query: location.search.slice(1) })

export const address = {
  get path(): string { return state.path },
  get query(): string { return state.query },
  get params(): URLSearchParams { return new URLSearchParams(state.query) },
}

function take(): void {
  state.path = location.pathname
  state.query = location.search.slice(1)
}

/** Go to a path of the page (with its query); `replace` leaves no step in the browser's history. */
export function go(href: string, options: { replace?: boolean } = {}): void {
  const here = location.pathname + location.search + location.hash
  if (href !== here) history[options.replace ? 'replaceState' : 'pushState'](null, '', href)
  const before = state.path
  take()
  if (before !== state.path) window.scrollTo(0, 0)
}

/** Change some parameters of the present view: null or an empty list takes one away. */
export function set(changes: Record<string, string | string[] | null>, options: { replace?: boolean } = {}): void {
  const params = new URLSearchParams(state.query)
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name)
    for (const one of value === null ? [] : Array.isArray(value) ? value : [value]) if (one !== '') params.append(name, one)
  }
  const query = params.toString()
  go(state.path + (query ? `?${query}` : ''), options)
}

/** Put a value of a repeatable parameter in, or take it out if it is there. */
export function toggle(name: string, value: string): void {
  const now = address.params.getAll(name)
  set({ [name]: now.includes(value) ? now.filter((one) => one !== value) : [...now, value] })
}

/** Let links within the page change the address without loading the page anew. */
export function listen(): () => void {
  const onClick = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = (event.target as Element | null)?.closest('a[href]')
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return
    if (link.origin !== location.origin || /^\/api(\/|$)/.test(link.pathname)) return
    if (link.pathname === location.pathname && link.search === location.search && link.hash) return
    event.preventDefault()
    go(link.pathname + link.search + link.hash)
  }
  document.addEventListener('click', onClick)
  window.addEventListener('popstate', take)
  return () => {
    document.removeEventListener('click', onClick)
    window.removeEventListener('popstate', take)
  }
}
