/** The part of the address that narrows what is shown, as the API names it. */

export const FILTERS = ['q', 'from', 'to', 'bbox', 'type', 'party', 'place', 'outlet', 'status', 'grade', 'dispute', 'noplace'] as const

/** The filters of an address as a query for the API, without those named in `without`. */
export function filtersOf(params: URLSearchParams, without: readonly string[] = []): URLSearchParams {
  const out = new URLSearchParams()
  for (const name of FILTERS) if (!without.includes(name)) for (const value of params.getAll(name)) if (value) out.append(name, value)
  return out
}

export function anyFilter(params: URLSearchParams): boolean {
  return FILTERS.some((name) => params.has(name))
}
