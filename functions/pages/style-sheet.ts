import { baseStyles } from './style-base.ts'
import { chartStyles } from './style-chart.ts'
import { overviewStyles } from './style-overview.ts'
import { printStyles } from './style-print.ts'
import { tokens } from './style-tokens.ts'
import { lightOrder } from './words.ts'

const content = `.print-only{display:none}
.marks-in-line{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.8125rem}
.mark{width:1em;height:1em;flex:none;vertical-align:-.1em;color:var(--stale);fill:currentColor}
.light{display:inline-flex;gap:.4em;align-items:flex-start}
.light .mark{margin-top:.28em}
${lightOrder.map(light => `.${light}.mark,.hatch.${light}{color:var(--${light})}`).join('')}
.mark.yellow{stroke:var(--yellow-edge);stroke-width:1}
.hollow,.hatch{fill:none;stroke:currentColor;stroke-width:2}
.hollow.dashed{stroke-dasharray:3 2.3}
.stale .hollow{stroke-width:1.4}
.blue .hollow,.done .hollow{stroke-width:3}
.scroll{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;width:100%;background:var(--paper);font-size:.9375rem}
.internal td{min-width:5.5rem}
#case-table td:nth-child(3),#flag-table td:last-child,#note-table td:nth-child(3),#history-table td:last-child,#deliveries td:nth-child(4){min-width:15rem}
caption{position:sticky;left:0;max-width:calc(100vw - 2.5rem);text-align:left;font-size:.8125rem;color:var(--quiet);padding:.5rem .75rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-top:1px solid var(--line);font-weight:400}
thead th{font-size:.8125rem;color:var(--quiet);border-top:0;white-space:nowrap;vertical-align:bottom}
thead td{border:0}
thead small{display:block;font-size:.75rem;white-space:normal}
.figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.headline{font-size:clamp(1.25rem,1.05rem + 1vw,1.625rem);line-height:1.5;margin:.5rem 0 .75rem;text-wrap:pretty}
.bar{display:block;width:100%;max-width:10rem;height:6px;margin:.45rem 0 .3rem;border-radius:1px}
.track{fill:var(--track)}
.part{fill:var(--fact)}
.tick{stroke:var(--tick);stroke-width:2;vector-effect:non-scaling-stroke}
.count+.dates{max-width:48rem;border:1px solid var(--line)}
.delays td:nth-child(2){min-width:8rem}
.ahead{color:var(--quiet)}
dd{margin:0;color:var(--quiet)}
.path ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:.5rem 0 1rem;font-size:.875rem}
.path .prev{margin-left:auto}
.path .next:nth-child(2){margin-left:auto}
.title{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center}
.project h1{font-size:clamp(1.5rem,1.2rem + 1.5vw,2rem);line-height:1.25}
.title .light{padding:.2rem .75rem;border:1px solid var(--line);border-radius:99px;background:var(--paper);font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1px;background:var(--paper);border:1px solid var(--line);border-radius:6px;overflow:hidden;margin:1.25rem 0 1rem}
.facts div{box-shadow:0 0 0 1px var(--line);padding:.6rem .8rem}
.facts dt{font-size:.8125rem;color:var(--quiet)}
.facts dd{color:var(--ink);font-weight:600}
.facts time{white-space:normal}
.facts small{display:block;font-weight:400;white-space:normal}
.source{font-size:.9375rem}
.source q{margin-left:.5em}
.rules li{display:flex;gap:.75rem;padding:.6rem .9rem;background:var(--paper);border:1px solid var(--line);border-left-width:5px;margin-bottom:.4rem;border-radius:4px}
.rules p{margin:0}
.rules .folded{display:block;background:none;border:0;padding:.1rem 0}
.folded .rules{margin-top:.4rem}
.rules .mark{margin-top:.3em}
${lightOrder.map(light => `.rules .${light}{border-left-color:var(--${light})}`).join('')}
.checks li{padding:.15rem 0}
.pass b{color:var(--good)}
.fail b{color:var(--bad)}
.count b{font-size:1.25rem}
.milestones{font-size:.875rem}
.milestones td{white-space:nowrap}
.milestones th[scope=row]{min-width:13rem;position:sticky;left:0;background:var(--paper)}
.milestones td:last-child{white-space:normal;min-width:11rem;color:var(--quiet)}
.milestones th[scope=row] .mark{margin-right:.35em}
.milestones .critical i{color:var(--bad);border-color:currentColor}
.milestones .done th,.milestones .done td{color:var(--quiet)}
.milestones .cancelled th,.milestones .cancelled td{text-decoration:line-through;color:var(--quiet)}
.phase th{background:var(--ground);font-weight:600;font-size:.8125rem}
.same{color:var(--quiet)}
.history li{padding:.35rem 0;border-top:1px solid var(--line)}
.history p{margin:0;font-size:.875rem;color:var(--quiet)}
.history li li{border:0;padding:.05rem 0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:0 1.5rem}
.answer p{margin:0 0 .25rem}
.answer.good,.answer.bad{border-left:5px solid;padding:.5rem .9rem;background:var(--paper)}
.contents{font-size:.875rem}
.contents ul{columns:26rem;list-style:none;padding:0}
.contents a{text-decoration:none}
.contents li{break-inside:avoid}
.method{display:inline-block;min-width:3.6em}
.operation{border-top:1px solid var(--line)}
.fields{width:auto;min-width:50%;font-size:.875rem;border:1px solid var(--line)}
.content{margin-bottom:.5rem}
.api td details code{overflow-wrap:anywhere}
.api section{overflow-x:auto}
.photos{display:flex;flex-wrap:wrap;gap:.5rem;margin:.25rem 0 .75rem}
.photos img{display:block;object-fit:cover;border-radius:4px;background:var(--track)}
.lost{padding-top:15vh;max-width:36rem}`

const narrow = `@media screen and (max-width:68rem){.counts{grid-template-columns:repeat(4,1fr)}}
@media screen and (max-width:62rem){
.projects tbody{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:.75rem}
.projects,.projects tr,.projects td,.projects tbody th{display:block;border-top:0}
.projects{background:none;border:0}
.projects thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.projects tbody tr{background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.6rem .9rem .7rem;position:relative;overflow:hidden}
.projects td,.projects tbody th{padding:.15rem 0}
.projects .number{position:absolute;inset:0 auto 0 0;width:5px;padding:0;font-size:0}
.projects tbody th{font-size:1.0625rem}
.projects td[data-label]{display:grid;grid-template-columns:4.5rem 1fr}
.projects td[data-label]::before{content:attr(data-label);color:var(--quiet);font-size:.8125rem;padding-top:.15em}
}
@media(max-width:44rem){
.counts{grid-template-columns:repeat(2,1fr)}
.counts a,.counts .none{padding:.4rem .6rem}
.milestones th[scope=row]{min-width:9.5rem}
.path .prev,.path .next:nth-child(2){margin-left:0}
.legend dl{grid-template-columns:1fr}
.facts{grid-template-columns:repeat(auto-fit,minmax(8rem,1fr))}
.facts div{padding:.5rem .65rem}
.facts dd{font-size:.9375rem}
th,td{padding:.4rem .6rem}
}`

/** `assets/site.css`: the style sheet of every page but the form, without anything from elsewhere. */
export const styleSheet = [tokens, baseStyles, content, overviewStyles, chartStyles, narrow, printStyles].join('\n')
