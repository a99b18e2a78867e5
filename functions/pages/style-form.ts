import { baseStyles } from './style-base.ts'
import { tokens } from './style-tokens.ts'
import { lightOrder } from './words.ts'

/** The form for reports on a telephone, held in one hand: what is tapped is 48 px high at least, and what sends lies at the thumb. */
const formStyles = `.app{max-width:30rem}
.app form{max-width:none}
.app h2{margin:.75rem 0 .25rem;font-size:1.25rem}
.app h2:focus{outline:0}
.app ul{list-style:none;padding:0;margin:0 0 .5rem}
.app button,.app .button,.app .back,.app .also a,.app summary{min-height:3rem;display:inline-flex;align-items:center}
.app .button{border:1px solid var(--control);border-radius:5px;padding:.6rem 1.25rem;text-decoration:none;background:var(--paper)}
.app .button.primary{background:var(--link);color:var(--paper)}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:.75rem 0}
.work{margin-bottom:1.75rem}
.work .state{margin:0 0 .5rem;font-size:.875rem;color:var(--quiet)}
.work li{border:1px solid var(--line);border-left-width:6px;border-radius:6px;background:var(--paper);margin-bottom:.5rem}
${lightOrder.map(light => `.work li.${light}{border-left-color:var(--${light})}`).join('')}
.work li a{display:block;padding:.65rem .8rem;min-height:4rem;text-decoration:none;color:var(--ink)}
.work li b,.outbox b,.outbox-bar b{display:block;font-size:1.0625rem}
.work li span,.outbox span,.outbox-bar span{font-size:.875rem;color:var(--quiet)}
.work em{display:block;font-style:normal;font-weight:600;color:var(--bad)}
.also{display:flex;flex-wrap:wrap;gap:0 1.5rem}
.fresh{font-size:.875rem;color:var(--quiet)}
.fresh.left{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between}
.fresh.old-data{padding:.5rem .75rem;border:1px dashed var(--notice-line);background:var(--notice);color:var(--ink)}
.outbox-bar{display:block;padding:.6rem .8rem;margin:.75rem 0;min-height:3rem;border:1px solid var(--line);border-left:6px solid;border-radius:6px;background:var(--paper);text-decoration:none}
.outbox-bar.waiting{color:var(--link)}
.outbox>li{padding:.65rem .8rem;border:1px solid var(--line);border-left:6px solid var(--stale);border-radius:6px;background:var(--paper);margin-bottom:.5rem}
.outbox>.accepted{border-left-color:var(--good)}
.outbox>.refused,.outbox>.doubtful{border-left-color:var(--bad)}
.outbox .outcome{margin:.25rem 0 0}
.refused .outcome,.doubtful .outcome{color:var(--bad)}
.account{font-size:.875rem;color:var(--quiet);display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between}
.standing{color:var(--quiet);font-size:.9375rem}
.report-form{padding-bottom:6rem}
.report-form legend{font-weight:600;padding:0;margin:0 0 .4rem}
.report-form fieldset{margin:0 0 1rem}
.choices{display:grid;grid-template-columns:1fr 1fr;gap:.6rem}
.choices legend{grid-column:1/-1}
.choice{position:relative}
.choice input{position:absolute;inset:0;opacity:0;min-height:0;margin:0;cursor:pointer}
.choice span,.chips button{display:flex;align-items:center;justify-content:center;min-height:3rem;padding:.3rem .9rem;border:1px solid var(--control);border-radius:6px;background:var(--paper);font-weight:600;text-align:center}
.choices .choice span{min-height:4rem;font-size:1.125rem}
.choice input:checked+span{background:var(--link);border-color:var(--link);color:var(--paper)}
.choice input:focus-visible+span{outline:3px solid var(--focus);outline-offset:2px}
.chips{display:flex;flex-wrap:wrap;gap:.5rem}
.chips legend{flex-basis:100%}
.chips .choice span{font-weight:400}
.report-form .field span{display:block;font-size:.875rem}
.report-form input,.report-form textarea{min-height:3rem}
.report-form output{font-size:1.5rem;font-weight:600}
[type=range]{padding:0}
.photo-field .button{position:relative;justify-content:center;width:100%;font-weight:600}
.photo-field input{position:absolute;inset:0;opacity:0;cursor:pointer;max-width:none}
.photo-field .button:focus-within{outline:3px solid var(--focus);outline-offset:2px}
.strip{display:flex;flex-wrap:wrap;gap:.6rem;padding:.6rem 0}
.strip canvas{display:block;width:6.5rem;height:6.5rem;object-fit:cover;border-radius:6px}
.strip button{width:100%;padding:.2rem;justify-content:center}
.send{position:fixed;left:0;right:0;bottom:0;padding:.75rem .9rem calc(.75rem + env(safe-area-inset-bottom));background:var(--ground);border-top:1px solid var(--line);z-index:1}
.send>*{max-width:28.2rem}
.send .primary{width:100%;min-height:3.5rem;font-size:1.125rem;justify-content:center}
.app [hidden]{display:none}
.report main:has(.report-form,.account)>section{display:none}`

/** `assets/report.css`: all that the page of the form needs. What other pages need on top would delay it on a weak network. */
export const formStyleSheet = [tokens, baseStyles, formStyles].join('\n')
