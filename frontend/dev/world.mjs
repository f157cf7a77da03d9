// A composed world for developing the page: nothing here is news.  Deterministic, so that tests can count on it.

const PLACES = [
  ['كفر النخيل', 'Kafr al-Nakhil', 'town', 35.72, 36.61, 2], ['تل الزيتون', 'Tall al-Zaytun', 'town', 36.2, 37.15, 2], ['حي البساتين', 'Hayy al-Basatin', 'neighbourhood', 33.52, 36.31, 1],
  ['محافظة الوادي', 'al-Wadi', 'governorate', 34.8, 40.1, 60], ['معبر الصخرة', 'al-Sakhra crossing', 'site', 36.9, 38.2, 0.5], ['وادي السدر', 'Wadi al-Sidr', 'district', 15.4, 44.3, 18],
  ['ميناء الرمال', 'Mina al-Rimal', 'town', 14.8, 42.95, 3], ['الحي القديم', 'the old quarter', 'neighbourhood', 32.89, 13.19, 1], ['مخيم الغدير', 'al-Ghadir camp', 'site', 31.53, 34.47, 0.8], ['سوق الجسر', 'Suq al-Jisr', 'site', 33.31, 44.36, 0.6],
]
export const PARTIES = [
  { id: 'SYR.gov', ar: 'القوات الحكومية', en: 'government forces' }, { id: 'syrian-opposition', ar: 'فصائل المعارضة', en: 'opposition factions' }, { id: 'kurdish-led-administration', ar: 'الإدارة الذاتية', en: 'Autonomous Administration' },
  { id: 'houthis', ar: 'أنصار الله', en: 'Ansar Allah' }, { id: 'civilians', ar: 'مدنيون', en: 'civilians' }, { id: 'police', ar: 'الشرطة', en: 'police' },
]
const WORDS = { 'SYR.gov': ['الجيش العربي السوري', 'ميليشيات النظام', 'قوات النظام'], 'syrian-opposition': ['الثوار', 'الإرهابيون', 'فصائل المعارضة'], 'kurdish-led-administration': ['قسد', 'ميليشيا قسد', 'قوات سوريا الديمقراطية'], houthis: ['أنصار الله', 'ميليشيا الحوثي', 'الجماعة'], civilians: ['مدنيون', 'الأهالي', 'مواطنون'], police: ['الشرطة', 'أمن النظام', 'رجال الأمن'] }
export const OUTLETS = ['نبض الشمال|Nabd al-Shamal', 'الرواسي|al-Rawasi', 'صدى الوادي|Sada al-Wadi', 'مرفأ|Marfa', 'وكالة السدرة|al-Sidra agency', 'الراية الحرة|al-Raya'].map((both, n) => { const [ar, en] = both.split('|'); return { id: `outlet-${n + 1}`, ar, en, country: ['SYR', 'SYR', 'YEM', null, 'IRQ', null][n], kind: n === 4 ? 'media' : 'organisation', side: [null, 'SYR.gov', null, null, null, 'syrian-opposition'][n], side_source: n === 1 || n === 5 ? 'outlet-list' : null } })
export const TYPES = [['ASSAULT', 'عنف', 'assault'], ['COERCE', 'إكراه', 'coerce'], ['PROTEST', 'احتجاج', 'protest'], ['MOBILIZE', 'حشد', 'mobilize'], ['AID', 'مساعدة', 'aid'], ['CONSULT', 'تشاور', 'consult'], ['ACCUSE', 'اتهام', 'accuse'], ['RETREAT', 'تراجع', 'retreat']].map(([id, ar, en]) => ({ id, ar, en }))
export const MODES = [['heavy-weapons', 'سلاح ثقيل', 'heavy weapons'], ['aerial', 'جوي', 'aerial'], ['arrest', 'اعتقال', 'arrest'], ['demo', 'مظاهرة', 'demonstration'], ['troops', 'قوات', 'troops']].map(([id, ar, en]) => ({ id, ar, en }))
export const GRADES = [['confirmed', 'مؤكد', 'confirmed'], ['fair', 'مقبول', 'fair'], ['weak', 'ضعيف', 'weak'], ['contested', 'متنازع عليه', 'contested'], ['discounted', 'مستبعد', 'discounted']].map(([id, ar, en]) => ({ id, ar, en }))
export const REASONS = [['single-voice', 'صوت واحد', 'one original speaker'], ['denied', 'منفي', 'somebody denies it'], ['independent-voices', 'أصوات مستقلة عدة', 'independent voices'], ['opposed-sides-agree', 'يؤكده طرفان متخاصمان', 'opposed sides affirm it'], ['rival-tolls', 'حصائل متضاربة', 'tolls that do not meet']].map(([id, ar, en]) => ({ id, ar, en }))
const KINDS = { ASSAULT: ['قصف', 'shelling', 'heavy-weapons', 'قصفت'], COERCE: ['اعتقالات', 'arrests', 'arrest', 'اعتقلت'], PROTEST: ['مظاهرة', 'demonstration', 'demo', 'تظاهر'], MOBILIZE: ['حشد قوات', 'troop build-up', 'troops', 'حشدت'], AID: ['قافلة إغاثة', 'aid convoy', null, 'أوصلت'], CONSULT: ['لقاء', 'meeting', null, 'التقت'], ACCUSE: ['اتهام', 'accusation', null, 'اتهمت'], RETREAT: ['انسحاب', 'withdrawal', null, 'انسحبت'] }

let seed = 7
const random = () => ((seed = (seed * 48271) % 2147483647) / 2147483647)
const one = (list) => list[Math.floor(random() * list.length)]
const day = (n) => new Date(Date.UTC(2023, 3, 1 + n)).toISOString().slice(0, 10)
const HOSTILE = '<img src=x onerror="window.hacked=1"> <script>window.hacked=1</script> \u202eمقلوب'

export function makeWorld(count = 200) {
  const incidents = new Map()
  const articles = new Map()
  for (let n = 0; n < count; n++) {
    const type = n % 9 < 4 ? 'ASSAULT' : one(TYPES).id
    const [ar, en, mode, verb] = KINDS[type]
    const place = n % 11 === 5 ? null : PLACES[n % PLACES.length]
    const actor = PARTIES[n % 4]
    const recipient = n % 3 ? PARTIES[4] : PARTIES[(n + 1) % 4]
    const start = day(Math.floor(random() * 90))
    const toll = type === 'ASSAULT' ? [1 + (n % 5), 1 + (n % 5) + (n % 4 === 0 ? 3 : 0)] : null
    const outlets = [OUTLETS[n % 6], OUTLETS[(n + 1) % 6], ...(n % 4 === 0 ? [OUTLETS[(n + 3) % 6]] : [])]
    const id = `i${String(n + 1).padStart(4, '0')}`
    const grade = GRADES[n % 5].id
    const claims = []
    const members = outlets.map((outlet, k) => {
      const article = `a${String(n + 1).padStart(4, '0')}-${k + 1}`
      const words = WORDS[actor.id][(n + k) % 3]
      const figure = toll ? String(k === 2 ? toll[1] : toll[0]) : null
      const where = place ? place[0] : 'المنطقة'
      const pieces = [
        ['قال ', []], ['مصدر ميداني', ['source']], [` لـ${outlet.ar} إن `, []], [words, ['actor']], [' ', []], [verb, ['trigger']], [' ', []], [recipient.ar, ['recipient']], [' في ', ['cue']], [where, place ? ['place'] : []], [' ', []], ['يوم الأربعاء', ['date']],
        ...(figure ? [[' ما أدى إلى مقتل ', ['cue']], [figure, ['count']], [' أشخاص', []]] : []), ['.\nوأضاف المصدر أن الوضع هادئ الآن، ونفى طرف آخر (بحسب بيان) صحة ذلك.', []],
      ]
      if (n === 3 && k === 0) pieces.push([`\n${HOSTILE}`, []])
      const segments = pieces.map(([text, roles]) => ({ text, roles: roles.map((role) => ({ event: 0, role, n: 0 })) }))
      const says = k === 0 ? 'says' : n % 5 === 3 && k === 1 ? 'denies' : k === 1 ? 'repeats' : 'says'
      const quote = (role) => segments.slice(0, -1).map((s) => ({ text: s.text, mark: s.roles.some((r) => r.role === role) }))
      const claim = (field, value, label, role) => claims.push({ field, value, label, says, status: says === 'denies' ? 'denied' : 'actual', article, event: 0, outlet, speaker: k === 2 ? null : { text: 'مصدر ميداني', kind: 'anonymous', party: null }, via: says === 'repeats' ? { text: OUTLETS[4].ar, kind: 'media' } : null, quote: quote(role), span: null })
      claim('happening', says !== 'denies', null, 'trigger')
      claim('actor', actor.id, actor, 'actor')
      if (place) claim('place', { name: place[0] }, { ar: place[0], en: place[1] }, 'place')
      claim('date', { start, end: start }, null, 'date')
      if (figure) claim('killed', [Number(figure), Number(figure)], null, 'count')
      const title = n === 3 && k === 0 ? HOSTILE : `${ar} في ${where}`
      const event = { id: 0, type, mode, status: says === 'denies' ? 'denied' : 'actual', actors: [{ text: words, ...actor, framing: words.startsWith('ميليشيا') ? 'ميليشيا' : null }], recipients: [{ text: recipient.ar, ...recipient }], place: place && { name: place[0], text: place[0], level: place[2], precision_km: place[5] }, date: { text: 'يوم الأربعاء', start, end: start }, killed: figure ? [Number(figure), Number(figure)] : null, injured: null, detained: null, source: { text: 'مصدر ميداني', kind: 'anonymous' }, cues: [{ field: 'place', rule: 'in', text: 'في' }], score: 0.8, incident: id }
      articles.set(article, { id: article, title, outlet, published: start, url: `https://example.org/${article}`, addresses: [], versions: [1], coder: 'dev', lang: 'ar', segments, events: [event] })
      return { article, event: 0, trigger: { text: verb, start: 0, end: 4 }, type, status: event.status, part: 'happening', outlet, published: start, title }
    })
    const disputes = [...(n % 5 === 3 ? [{ field: 'happening', kind: 'denial', claims: [0] }] : []), ...(toll && toll[0] !== toll[1] ? [{ field: 'killed', kind: 'rival-tolls', claims: [4] }] : [])]
    const lat = place ? place[3] + (n % 7) * 0.11 : null
    const lon = place ? place[4] + (n % 5) * 0.13 : null
    const title = n === 3 ? { ar: HOSTILE, en: HOSTILE } : { ar: `${ar} ${place ? `في ${place[0]}` : ''}`.trim(), en: `${en} ${place ? `in ${place[1]}` : ''}`.trim() }
    incidents.set(id, {
      id, type, mode, title, date: { start, end: n % 6 ? start : day(95) }, place: place && { name: place[0], text: place[0], level: place[2], precision_km: place[5] }, lat, lon,
      actors: [actor], recipients: [recipient], killed: toll, injured: null, detained: null, grade, reasons: [REASONS[n % 5].id], disputes, status: 'actual', reviewed: false, version: 1, outlets, claims, members,
      summary: { date: { value: { start }, rule: 'day.most-named' }, place: { value: place?.[0] ?? null, rule: place ? 'place.finest-agreed' : 'place.unknown' } },
      voices: { outlets, texts: members.map((m) => [m.article]), speakers: ['مصدر ميداني'], sides: [], opposed_agree: n % 5 === 3 },
      names: outlets.map((outlet, k) => ({ party: actor, outlet, words: [{ word: WORDS[actor.id][(n + k) % 3], count: 1 }] })),
      links: n > 0 && n % 4 === 0 ? [{ kind: 'response', incident: `i${String(n).padStart(4, '0')}`, quote: [{ text: 'وجاء ذلك ', mark: false }, { text: 'رداً على', mark: true }, { text: ' ما سبقه', mark: false }] }] : [],
      chain: { nodes: [...outlets.map((o) => ({ id: o.id, kind: 'outlet', label: o.ar })), { id: 'agency', kind: 'agency', label: OUTLETS[4].ar }, { id: 'source', kind: 'anonymous', label: 'مصدر ميداني' }], edges: [{ from: 'source', to: outlets[0].id, claim: [0] }, { from: 'agency', to: outlets[1].id, claim: [1] }, { from: 'source', to: 'agency', claim: [1] }] },
      maybe_same: n % 10 === 0 ? [{ id: `i${String(n + 2).padStart(4, '0')}`, score: 0.41 }] : [], merged: [],
    })
  }
  return { incidents, articles }
}
