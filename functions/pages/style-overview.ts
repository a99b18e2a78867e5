import { lightOrder } from './words.ts'

/** The colour filter: the note that the address names shows itself and hides rows of other colours. */
const filterStyles = lightOrder
  .map(
    light => `#${light}:target~.projects tbody tr:not(.row-${light}){display:none}
body:has(#${light}:target) [href="#${light}"]{border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink)}
.row-${light}>.number{border-left-color:var(--${light})}`
  )
  .join('\n')

/** The overview and the board on paper: headline, counts by colour, the table of the bureau, colour board, rankings. */
export const overviewStyles = `.overview,.print{max-width:88rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));gap:0 2rem;align-items:start}
.columns>*{min-width:0}
.september{font-size:1.0625rem;margin-bottom:.5rem}
.endangered{margin-bottom:1rem}
.endangered li{padding:.15rem 0 .15rem .75rem;border-left:4px solid var(--red);margin-bottom:.25rem}
.endangered a,.week a{font-weight:600}
.week li{display:flex;gap:.6rem;padding:.3rem 0;border-top:1px solid var(--line)}
.week p{margin:0}
.week .mark{margin-top:.3em}
.counts{display:grid;grid-template-columns:repeat(8,1fr);gap:.5rem;margin:1rem 0}
.counts a,.counts .none{display:grid;grid-template-columns:auto 1fr;gap:0 .5rem;align-items:center;padding:.5rem .75rem;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink);text-decoration:none;height:100%}
.counts a:hover{border-color:var(--quiet)}
.counts .none{background:none;color:var(--quiet)}
.counts b{font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.counts .none b{font-weight:400}
.counts span{grid-column:1/-1;font-size:.8125rem;color:var(--quiet)}
.filter{display:none}
.filter:target{display:block;padding:.4rem .75rem;background:var(--notice);border:1px dashed var(--notice-line);border-radius:4px}
${filterStyles}
.find{display:flex;gap:.75rem;align-items:center;font-size:.875rem;font-weight:400;margin:0 0 .6rem}
.find input{max-width:20rem;min-height:2.25rem;padding:.25rem .6rem}
thead button{font:inherit;color:inherit;background:none;border:0;padding:.2rem 0;min-height:0;border-radius:0;text-align:inherit}
thead button::after{content:" ↕"/"";opacity:.6}
[aria-sort=ascending] button::after{content:" ↑"/"";opacity:1}
[aria-sort=descending] button::after{content:" ↓"/"";opacity:1}
.projects{border:1px solid var(--line);border-radius:6px;font-size:.875rem}
.projects tbody th{font-weight:600;min-width:10rem}
.projects th small,.projects .light{display:flex;font-weight:400}
.projects .light{margin-top:.2rem}
.number{color:var(--quiet);border-left:5px solid var(--line);font-variant-numeric:tabular-nums}
time+small{white-space:nowrap}
.projects thead th:first-child{border-left:5px solid transparent}
@media print,(min-width:62.01rem){.projects td,.projects th{padding:.5rem .55rem;overflow-wrap:anywhere}
.projects td:nth-child(3),.projects td:nth-child(4){min-width:5.5rem}
.projects:lang(zh) td:nth-child(5),.projects:lang(zh) td:nth-child(6){white-space:nowrap}
.projects td:nth-child(7){min-width:10rem}
.projects td:nth-child(8),.projects td:nth-child(9){min-width:8rem}}
.dates td,.delays td,.delays th{min-width:5rem;font-variant-numeric:tabular-nums}
.gaps td:nth-child(3){width:30%;min-width:5rem}
.gaps td,.gaps th,.board td,.board th{padding-block:.35rem}
.gaps .bar{max-width:none}
.board td,.board thead th{text-align:center;white-space:nowrap;padding-inline:.4rem;font-variant-numeric:tabular-nums}
.legend dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(19rem,1fr));gap:.4rem 1.5rem;font-size:.875rem}
.legend dt{display:flex;gap:.4em;align-items:center;font-weight:600}`
