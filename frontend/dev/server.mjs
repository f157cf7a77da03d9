// DEVELOPMENT ONLY: a small stand-in for the API (the contract's shapes over a composed world), for working on the page
// without a database.  Never shipped, never used by `isnad serve`.    node dev/server.mjs [port]
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GRADES, makeWorld, MODES, OUTLETS, PARTIES, REASONS, TYPES } from './world.mjs'

const STATIC = fileURLToPath(new URL('../../src/isnad/web/static', import.meta.url))
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }
const CSP = "default-src 'self'; worker-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

export function makeDesk(count = 200) {
  const { incidents, articles } = makeWorld(count)
  const decisions = []
  const undone = new Map()
  const merged = new Map()
  const searches = []
  const keys = []
  const jobs = []
  const files = new Map()
  const decided = new Set()

  const live = () => [...incidents.values()].filter((one) => !merged.has(one.id))
  const card = (i) => ({ id: i.id, type: i.type, mode: i.mode, title: i.title, date: i.date, place: i.place, actors: i.actors, recipients: i.recipients, killed: i.killed, injured: i.injured, detained: i.detained, grade: i.grade, reasons: i.reasons, voices: { outlets: i.voices.outlets.length, texts: i.voices.texts.length, speakers: i.voices.speakers.length }, disputes: i.disputes.map((d) => d.field), status: i.status, reviewed: i.reviewed, version: i.version })
  const geometry = (i) => (i.lat === null ? null : { type: 'Point', coordinates: [i.lon, i.lat] })
  const etag = (i) => `"${i.id}-${i.version}"`
  function matching(q) {
    const has = (name, values) => !q.has(name) || q.getAll(name).some((v) => values.includes(v))
    const box = q.get('bbox')?.split(',').map(Number)
    return live().filter((i) =>
      has('type', [i.type]) && has('grade', [i.grade]) && has('status', [i.status]) && has('party', [...i.actors, ...i.recipients].map((p) => p.id)) && has('outlet', i.outlets.map((o) => o.id)) &&
      (!q.get('q') || `${i.title.ar} ${i.title.en}`.toLowerCase().includes(q.get('q').toLowerCase())) && (!q.get('place') || i.place?.name.includes(q.get('place'))) &&
      (!q.get('from') || i.date.end >= q.get('from')) && (!q.get('to') || i.date.start <= q.get('to')) && (q.get('noplace') !== 'true' || i.lat === null) && (!q.has('dispute') || i.disputes.length) &&
      (!box || (i.lat !== null && i.lon >= box[0] && i.lat >= box[1] && i.lon <= box[2] && i.lat <= box[3])))
  }
  const tally = (list, of, names = []) => {
    const counts = new Map()
    for (const i of list) for (const id of of(i)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return [...counts].map(([id, c]) => ({ ...(names.find((x) => x.id === id) ?? {}), id, count: c })).sort((a, b) => b.count - a.count)
  }
  const page = (list, q, as = 'items') => {
    const at = Number(q.get('cursor') ?? 0)
    const limit = Number(q.get('limit') ?? 50)
    return { [as]: list.slice(at, at + limit), next: at + limit < list.length ? String(at + limit) : null, total: list.length }
  }
  const seen = new Map()
  const queue = () => {
    const all = live()
    const out = []
    for (let n = 0; n + 1 < all.length && n < 12; n += 2) out.push({ id: `p${all[n].id}${all[n + 1].id}`, etag: etag(all[n]), kind: 'pair', pair: { left: card(all[n]), right: card(all[n + 1]), score: 0.62, features: [{ name: 'day:same', label: { ar: 'اليوم نفسه', en: 'same day' }, value: 1, contribution: 0.9 }, { name: 'place:near', label: { ar: 'مكانان متقاربان', en: 'near places' }, value: 4.2, contribution: 0.35 }, { name: 'killed:differ', label: { ar: 'حصيلة مختلفة', en: 'different toll' }, value: 1, contribution: -0.63 }] } })
    for (const i of all.slice(12, 24)) out.push({ id: i.id, etag: etag(i), kind: 'incident', incident: card(i), why: i.reasons })
    for (const a of [...articles.values()].slice(60, 72)) out.push({ id: `e${a.id}`, etag: '*', kind: 'event', article: { id: a.id, title: a.title, outlet: a.outlet, published: a.published }, event: a.events[0], segments: a.segments })
    return out.filter((c) => !decided.has(c.id))
  }
  function put(body, match) {
    const ids = body.kind === 'undo' ? [] : body.target.pair ?? (body.target.incident ? [body.target.incident] : [])
    const first = incidents.get(ids[0])
    if (first && match !== '*' && match !== etag(first)) return [412, { type: 'about:blank', title: 'changed', status: 412, code: 'api.stale', detail: 'stale', current: card(first), etag: etag(first) }]
    const decision = { id: `d${decisions.length + 1}`, kind: body.kind, target: body.target, field: body.field ?? null, before: null, after: body.value ?? null, user: 'dev', reason: body.reason, at: new Date().toISOString(), undone_by: null }
    if (body.kind === 'undo') {
      const old = decisions.find((d) => d.id === body.target.decision)
      if (!old) return [404, { title: 'none', status: 404, code: 'api.missing', detail: 'no such decision' }]
      old.undone_by = decision.id
      for (const id of undone.get(old.id)?.unmerge ?? []) merged.delete(id)
      for (const id of undone.get(old.id)?.cards ?? []) decided.delete(id)
      for (const [id, value] of undone.get(old.id)?.reviewed ?? []) incidents.get(id).reviewed = value
    } else {
      const way = { unmerge: [], cards: [], reviewed: [] }
      if (body.kind === 'merge') for (const id of body.members) { merged.set(id, body.target.incident); way.unmerge.push(id) }
      for (const c of queue()) if ((c.pair && body.target.pair && c.pair.left.id === body.target.pair[0]) || (c.incident && body.target.incident === c.incident.id) || (c.pair && body.kind === 'merge' && c.pair.left.id === body.target.incident) || (c.event && body.target.event?.article === c.article.id)) { decided.add(c.id); way.cards.push(c.id) }
      if (first) { way.reviewed.push([first.id, first.reviewed]); first.reviewed = true; first.version += 1 }
      if (body.kind === 'correct' && first && body.field === 'killed') { decision.before = first.killed; first.killed = body.value }
      undone.set(decision.id, way)
    }
    decisions.push(decision)
    return [201, { ...decision, affected: ids.map((id) => ({ id, etag: etag(incidents.get(id)) })) }]
  }
  function answer(method, path, q, body, headers) {
    const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
    const [what, id, sub] = parts
    if (what === 'meta') return [200, { version: 'dev', counts: { articles: articles.size, events: articles.size, incidents: live().length, outlets: OUTLETS.length }, first_day: '2023-04-01', last_day: '2023-07-05', types: TYPES, modes: MODES, grades: GRADES, reasons: REASONS, statuses: ['actual', 'denied', 'planned', 'hypothetical'], tiles: null, auth: 'none', user: { name: 'dev', scopes: ['read', 'review', 'admin'] }, csrf: 'dev' }]
    if (what === 'incidents' && !id) { const list = matching(q); const p = page(list, q, 'list'); return [200, { type: 'FeatureCollection', features: p.list.map((i) => ({ type: 'Feature', id: i.id, geometry: geometry(i), properties: card(i) })), numberMatched: list.length, numberReturned: p.list.length, links: [], next: p.next }] }
    if (what === 'incidents' && id === 'summary') { const list = matching(q); return [200, { days: tally(list, (i) => [i.date.start]).map(({ id: day, count }) => ({ day, count })).sort((a, b) => a.day.localeCompare(b.day)), types: tally(list, (i) => [i.type], TYPES), grades: tally(list, (i) => [i.grade], GRADES), outlets: tally(list, (i) => i.outlets.map((o) => o.id), OUTLETS.map(({ id, ar, en }) => ({ id, ar, en }))), parties: tally(list, (i) => [...i.actors, ...i.recipients].map((p) => p.id), PARTIES), statuses: tally(list, (i) => [i.status]), noplace: list.filter((i) => i.lat === null).length, total: list.length }] }
    if (what === 'incidents' && id === 'points') { const list = matching(q).filter((i) => i.lat !== null); return [200, { ids: list.map((i) => i.id), lon: list.map((i) => i.lon), lat: list.map((i) => i.lat), type: list.map((i) => i.type), radius_km: list.map((i) => i.place.precision_km), grade: list.map((i) => i.grade) }] }
    if (what === 'incidents') {
      if (merged.has(id)) return [301, {}, { Location: `/api/v1/incidents/${merged.get(id)}` }]
      const i = incidents.get(id)
      if (!i) return [404, { title: 'none', status: 404, code: 'api.missing', detail: `no incident ${id}` }]
      const links = i.links.map((l) => ({ ...l, card: card(incidents.get(l.incident)) }))
      return [200, { ...i, links, maybe_same: i.maybe_same.map((m) => ({ ...m, card: card(incidents.get(m.id)) })), geometry: geometry(i), merged: [...merged].filter(([, to]) => to === id).map(([from]) => from), history: decisions.filter((d) => d.target.incident === id || d.target.pair?.includes(id)) }, { ETag: etag(i) }]
    }
    if (what === 'articles') { const a = articles.get(id); return a ? [200, a] : [404, { title: 'none', status: 404, code: 'api.missing', detail: `no article ${id}` }] }
    if (what === 'search') {
      const words = (q.get('q') ?? '').split(/\s+/).filter(Boolean)
      const marksOf = (text) => { const out = []; for (const word of words) for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) out.push([at, at + word.length]); return out.sort((a, b) => a[0] - b[0]) }
      const textOf = (a) => a.segments.map((one) => one.text).join('')
      if (id === 'marks') return [200, { items: q.getAll('article').map((one) => ({ article: one, title: marksOf(articles.get(one)?.title ?? ''), text: q.get('text') === 'false' ? [] : marksOf(textOf(articles.get(one))) })) }]
      if (!words.length) return [422, { title: 'invalid', status: 422, code: 'api.invalid', detail: 'q' }]
      const found = [...articles.values()].filter((a) => words.every((word) => textOf(a).includes(word)) && (!q.get('outlet') || a.outlet.id === q.get('outlet')) && (!q.get('from') || a.published >= q.get('from')) && (!q.get('to') || a.published <= q.get('to')))
      return [200, page(found.map((a) => ({ article: a.id, title: a.title, outlet: a.outlet, published: a.published, segments: textOf(a).split(new RegExp(`(${words.map((word) => word.replace(/[^\p{L}\d]/gu, '.')).join('|')})`)).map((text, n) => ({ text, hit: n % 2 === 1 })) })), q)]
    }
    if (what === 'review') { const skip = (q.get('skip') ?? '').split(','); const all = queue().filter((x) => (x.kind === 'event') === (id === 'events')); const c = all.find((x) => !skip.includes(x.id)); if (c) seen.set(c.id, c); return [200, { card: c ?? null, left: all.length }] }
    if (what === 'decisions' && method === 'POST') return headers['if-match'] ? put(body, headers['if-match']) : [428, { title: 'If-Match', status: 428, code: 'api.precondition', detail: 'If-Match is needed' }]
    if (what === 'decisions') return [200, page([...decisions].reverse(), q)]
    if (what === 'outlets' && !id) return [200, page(OUTLETS.map((o) => ({ ...o, counts: { articles: 60, events: 60, incidents: 55 } })), q)]
    if (what === 'outlets') { const o = OUTLETS.find((x) => x.id === id); return o ? [200, { ...o, counts: { articles: 60, events: 60, incidents: 55 }, affirmed: 48, denied: 6, copied: 9, naming: naming().filter((r) => r.outlet.id === id), copies_from: [{ outlet: OUTLETS[4], count: 7 }], agreement: OUTLETS.filter((x) => x.id !== id).map((outlet, n) => ({ outlet, agree: 9 - n, disagree: n })) }] : [404, { title: 'none', status: 404, code: 'api.missing', detail: 'no such outlet' }] }
    if (what === 'sources' && id === 'naming') return [200, naming().filter((r) => !q.get('party') || r.party.id === q.get('party'))]
    if (what === 'sources') return [200, { nodes: OUTLETS.map(({ id, ar, en }) => ({ id, ar, en })), edges: [{ from: 'outlet-1', to: 'outlet-5', count: 7 }, { from: 'outlet-2', to: 'outlet-5', count: 3 }, { from: 'outlet-3', to: 'outlet-1', count: 2 }, { from: 'outlet-6', to: 'outlet-5', count: 5 }] }]
    if (what === 'searches') { if (method === 'POST') searches.push({ id: `s${searches.length + 1}`, ...body }); if (method === 'DELETE') searches.splice(searches.findIndex((s) => s.id === id), 1); return [method === 'POST' ? 201 : 200, method === 'POST' ? searches.at(-1) : { items: searches, next: null }] }
    if (what === 'keys') { if (method === 'POST') { keys.push({ id: `k${keys.length + 1}`, ...body }); return [201, { ...keys.at(-1), key: 'dev-key-shown-once' }] } if (method === 'DELETE') keys.splice(keys.findIndex((s) => s.id === id), 1); return [200, { items: keys, next: null }] }
    if (what === 'exports' && method === 'POST') { const list = matching(new URLSearchParams(body.filter)); const name = `x${files.size + 1}`; const text = body.format === 'csv' ? ['id,type,title', ...list.map((i) => `${i.id},${i.type},"${i.title.ar.replaceAll('"', '""')}"`)].join('\r\n') : body.format === 'jsonl' ? list.map((i) => JSON.stringify(card(i))).join('\n') : JSON.stringify({ type: 'FeatureCollection', features: list.map((i) => ({ type: 'Feature', id: i.id, geometry: geometry(i), properties: card(i) })) }); files.set(name, { text, format: body.format }); return [201, { id: name, href: `/api/v1/exports/${name}/file` }] }
    if (what === 'exports' && sub === 'file') { const f = files.get(id); return [200, f.text, { 'Content-Type': f.format === 'csv' ? 'text/csv' : 'application/geo+json', 'Content-Disposition': `attachment; filename="isnad.${f.format}"` }] }
    if (what === 'imports' && method === 'POST') { jobs.unshift({ id: `j${jobs.length + 1}`, state: 'running', name: 'dev.jsonl', at: new Date().toISOString(), user: 'dev', done: 0, total: 40, added: 0, known: 0, changed: 0, skipped: 0, failed: 0 }); return [202, { id: jobs[0].id }] }
    if (what === 'imports') return [200, { items: jobs, next: null }]
    if (what === 'gold') return [200, '{"doc_id":"a","events":[]}\n', { 'Content-Type': 'application/jsonl', 'Content-Disposition': 'attachment; filename="gold.jsonl"' }]
    return [404, { title: 'none', status: 404, code: 'api.missing', detail: path }]
  }
  const naming = () => OUTLETS.flatMap((outlet, k) => PARTIES.slice(0, 5).map((party, n) => ({ outlet: { id: outlet.id, ar: outlet.ar, en: outlet.en }, party, words: [...new Set([...live()].flatMap((i) => i.names.filter((x) => x.outlet.id === outlet.id && x.party.id === party.id).flatMap((x) => x.words.map((w) => w.word))))].map((word, w) => ({ word, count: 9 - w * 2 - ((k + n) % 3) })) }))).filter((r) => r.words.length)
  return { answer, jobs }
}

function stream(desk, id, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  const job = desk.jobs.find((one) => one.id === id)
  const timer = setInterval(() => {
    job.done += 8
    job.added = job.done - 1
    job.failed = 1
    response.write(`event: progress\ndata: ${JSON.stringify({ ...job, rate: 40, left: (job.total - job.done) / 40 })}\n\n`)
    if (job.done < job.total) return
    job.state = 'done'
    response.write(`event: fault\ndata: ${JSON.stringify({ detail: 'line 7: no text' })}\n\nevent: end\ndata: ${JSON.stringify(job)}\n\n`)
    response.end()
    clearInterval(timer)
  }, 150)
  response.on('close', () => clearInterval(timer))
}

export function serve(port = 0, count = 200) {
  const desk = makeDesk(count)
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost')
    if (url.pathname.startsWith('/api/v1/')) {
      const path = url.pathname.slice(7)
      const sse = /^\/imports\/([^/]+)\/events$/.exec(path)
      if (sse) return stream(desk, sse[1], response)
      let raw = ''
      for await (const chunk of request) raw += chunk
      let body = null
      try { body = raw ? JSON.parse(raw) : null } catch { body = null }
      const [status, data, headers = {}] = desk.answer(request.method, path, url.searchParams, body, request.headers)
      response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', 'Cache-Control': 'no-store', ...headers })
      return response.end(typeof data === 'string' ? data : JSON.stringify(data))
    }
    const wish = normalize(join(STATIC, url.pathname))
    const file = wish.startsWith(STATIC) && existsSync(wish) && statSync(wish).isFile() ? wish : join(STATIC, 'index.html')
    if (!existsSync(file)) { response.writeHead(503); return response.end('npm run build first') }
    response.writeHead(200, { 'Content-Type': KINDS[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP })
    return createReadStream(file).pipe(response)
  })
  return new Promise((done) => server.listen(port, '127.0.0.1', () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() })))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log((await serve(Number(process.argv[2] ?? 8765))).url)
