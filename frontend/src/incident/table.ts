/** The claims as a table: a row for each field, a column for each source (an article of an outlet). */

import { idOf } from '../lib/i18n.svelte'
import type { Claim, Incident, OutletRef } from '../lib/types'

export interface Column { key: string; outlet: OutletRef | null; article: string; published: string | null }
export interface Cell { claim: Claim; index: number }
export interface Table { columns: Column[]; rows: { field: string; disputed: boolean; cells: Cell[][] }[] }

const ORDER = ['happening', 'type', 'date', 'place', 'actor', 'recipient', 'killed', 'injured', 'detained']

export function tableOf(incident: Incident): Table {
  const columns: Column[] = []
  const at = new Map<string, number>()
  for (const claim of incident.claims) {
    if (at.has(claim.article)) continue
    at.set(claim.article, columns.length)
    const member = incident.members.find((one) => one.article === claim.article)
    columns.push({ key: claim.article, outlet: claim.outlet ?? member?.outlet ?? null, article: claim.article, published: member?.published ?? null })
  }
  const fields = [...new Set(incident.claims.map((one) => one.field))].sort((a, b) => place(a) - place(b))
  const disputed = new Set(incident.disputes.map((one) => one.field))
  const rows = fields.map((field) => {
    const cells: Cell[][] = columns.map(() => [])
    incident.claims.forEach((claim, index) => { if (claim.field === field) cells[at.get(claim.article) as number]?.push({ claim, index }) })
    // What contradicts is never folded away: denials stand first.
    for (const cell of cells) cell.sort((a, b) => Number(b.claim.says === 'denies') - Number(a.claim.says === 'denies'))
    return { field, disputed: disputed.has(field), cells }
  })
  columns.forEach((column) => { if (!idOf(column.outlet)) column.outlet = null })
  return { columns, rows }
}

function place(field: string): number {
  const n = ORDER.indexOf(field)
  return n < 0 ? ORDER.length : n
}
