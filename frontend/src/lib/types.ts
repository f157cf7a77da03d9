/** The shapes that /api/v1 answers with. */

export type Lang = 'ar' | 'en'
export interface Named { id: string; ar?: string | null; en?: string | null }
export interface Counted extends Named { count: number }
export type PartyRef = Named
export type OutletRef = Named | string

export interface Meta {
  version: string
  counts: { articles: number; events: number; incidents: number; outlets: number }
  first_day: string | null
  last_day: string | null
  types: Named[]
  grades: Named[]
  reasons?: Named[]
  modes?: Named[]
  statuses: (string | Named)[]
  tiles: string | null
  auth: 'link' | 'password' | 'none'
  user: { name: string; scopes: string[] } | null
  csrf: string | null
}

export interface Days { start: string | null; end: string | null; text?: string }
export interface PlaceRef {
  name: string | null
  text: string
  level: string | null
  precision_km: number | null
  lat?: number | null
  lon?: number | null
}
export type Range = [number | null, number | null] | null

export interface IncidentCard {
  id: string
  type: string
  mode: string | null
  title: { ar: string; en: string }
  date: Days | null
  reported?: Days | null
  place: PlaceRef | null
  actors: PartyRef[]
  recipients: PartyRef[]
  killed: Range
  injured: Range
  detained: Range
  grade: string | null
  reasons: string[]
  state?: 'candidate' | 'accepted' | 'rejected'
  voices: { outlets: number; texts: number; speakers: number }
  disputes: string[]
  status: string | null
  reviewed: boolean
  version: number
}

export interface Feature {
  id: string
  geometry: { type: 'Point'; coordinates: [number, number] } | null
  properties: IncidentCard
}
export interface IncidentPage {
  features: Feature[]
  numberMatched: number
  numberReturned: number
  next: string | null
}

export interface Summary {
  days: { day: string; count: number }[]
  types: Counted[]
  grades: Counted[]
  outlets: Counted[]
  parties: Counted[]
  statuses: Counted[]
  noplace: number
  total: number
}

export interface Points {
  ids: string[]
  lon: number[]
  lat: number[]
  type: string[]
  radius_km: (number | null)[]
  grade: (string | null)[]
}

export interface QuotePart { text: string; mark: boolean }
export interface Span { text: string; start: number; end: number }
export interface Speaker { text: string; kind: string; party?: PartyRef | string | null; side?: string | null }

export interface Claim {
  field: string
  value: unknown
  label: { ar: string; en: string } | null
  says: 'says' | 'repeats' | 'denies'
  status: string
  article: string
  event: number
  outlet: OutletRef | null
  speaker: Speaker | null
  via: Speaker | null
  quote: QuotePart[]
  span?: Span | null
}

export interface Dispute { field: string; kind: string; claims: number[] }
export interface Member {
  article: string
  event: number
  trigger: Span | string
  type: string
  status: string
  part: string
  outlet: OutletRef | null
  published: string | null
  title?: string | null
}
export interface ChainNode { id: string; kind: string; label: string | { ar: string; en: string } }
export interface ChainEdge { from: string; to: string; claim?: number[]; claims?: number[] }
export interface Decision {
  id: string
  kind: string
  target: Record<string, unknown> | null
  field: string | null
  before: unknown
  after: unknown
  user: string | null
  reason: string | null
  at: string
  undone_by: string | null
}

export interface Incident extends Omit<IncidentCard, 'voices' | 'disputes'> {
  summary: Record<string, { value: unknown; rule: string }>
  claims: Claim[]
  claims_left_out?: number
  voices: {
    outlets: OutletRef[]
    texts: string[][]
    speakers: string[]
    sides?: string[]
    opposed_agree?: boolean
  }
  disputes: Dispute[]
  members: Member[]
  names: { party: PartyRef; outlet: OutletRef; words: (string | { word: string; count: number })[] }[]
  links: { kind: string; incident: string; card?: IncidentCard | null; quote?: QuotePart[] | null }[]
  chain: { nodes: ChainNode[]; edges: ChainEdge[] }
  maybe_same: { id: string; score: number; card?: IncidentCard | null }[]
  history: Decision[]
  merged: string[]
  geometry?: { type: 'Point'; coordinates: [number, number] } | null
}

export interface SegmentRole { event: number; role: string; n?: number }
export interface Segment { text: string; roles: SegmentRole[] }
export interface PartyView { text: string; id: string | null; ar?: string | null; en?: string | null; framing?: string | null; span?: Span }
export interface EventView {
  id: number
  trigger?: Span
  type: string
  mode: string | null
  status: string
  actors: PartyView[]
  recipients: PartyView[]
  place: PlaceRef | null
  date: Days | null
  killed: Range
  injured: Range
  detained: Range
  source: { text: string; kind: string } | null
  cues: { field: string; rule: string; text: string }[]
  score: number
  incident: string | null
}
export interface Article {
  id: string
  title: string | null
  outlet: OutletRef | null
  published: string | null
  url: string | null
  addresses?: string[]
  versions?: unknown[]
  coder: string | null
  lang?: string | null
  note?: string | null
  length?: number
  offset?: number
  next?: number | null
  segments: Segment[]
  events: EventView[]
  events_total?: number
}

export interface PairFeature { name: string; label: { ar: string; en: string } | null; value: unknown; contribution: number }
export interface ReviewCard {
  id?: string
  etag?: string
  kind: 'pair' | 'event' | 'incident'
  pair?: { left: IncidentCard; right: IncidentCard; score: number; features: PairFeature[]; veto?: string | null }
  article?: { id: string; title: string | null; outlet: OutletRef | null; published: string | null }
  event?: EventView
  segments?: Segment[]
  incident?: IncidentCard
  why?: string[]
}

export interface OutletItem extends Named {
  country: string | null
  kind: string | null
  side: string | null
  side_source?: string | null
  counts?: { articles?: number; events?: number; incidents?: number }
}
export interface WordCount { word: string; count: number }
export interface OutletRecord extends OutletItem {
  affirmed: number
  denied: number
  copied: number
  naming: { party: PartyRef; words: WordCount[] }[]
  copies_from: { outlet: OutletRef; count: number }[]
  agreement: { outlet: OutletRef; agree: number; disagree: number }[]
}
export interface NamingRow { outlet: OutletRef; party: PartyRef; words: WordCount[] }
export interface Copies { nodes: (Named | string)[]; edges: { from: string; to: string; count: number }[] }

export interface ImportJob {
  id: string
  state: string
  name?: string | null
  at?: string | null
  user?: string | null
  done: number
  total: number | null
  added: number
  known: number
  changed: number
  skipped: number
  failed: number
  linked?: number
  events?: number
  incidents?: number | null
  phase?: string
  message?: string | null
  faults?: { path: string; code: string; message: string; line?: number | null }[]
  rate?: number | null
  left?: number | null
}
export interface LogEntry { id: string; at: string; user: string; action: string; subject: string; detail: Record<string, unknown> }
export interface SavedSearch { id: string; name: string; query: string; feed?: string | null }
export interface ApiKey { id: string; name: string; scopes: string[]; key?: string; created?: string | null; used?: string | null }
export interface Page<T> { items: T[]; next: string | null; total?: number | null }
export interface Hit { article: string; title: string | null; outlet: OutletRef | null; published: string | null; segments: { text: string; hit: boolean }[] }
/** Where words of a search stand, in code points. */
export interface WordMarks { article: string; title: [number, number][]; text: [number, number][] }
